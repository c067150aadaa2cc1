"""What is looked back on. Now the annual report; reviews at mid-term and at the end come beside it."""

from .annual_report import AnnualReport, AnnualReportStep, Opinion

__all__ = ["AnnualReport", "AnnualReportStep", "Opinion"]
