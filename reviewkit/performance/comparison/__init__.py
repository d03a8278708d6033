"""Sites and people compared fairly: funnels, shrinkage, case mix, bias."""
