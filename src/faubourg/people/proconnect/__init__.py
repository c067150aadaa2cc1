"""Sign in with ProConnect, the State's sign-in for public agents: OpenID Connect with a signed userinfo."""
