"""How a contract is steered: seats, meetings, agenda, quorum, clashes of dates, promises followed."""
