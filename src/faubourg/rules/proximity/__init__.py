"""What the rules of urban proximity decide: walks, reports, routing, deadlines, tax rebate."""
