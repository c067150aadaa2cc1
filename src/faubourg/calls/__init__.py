"""Calls for projects: from an idea to a justified euro."""
