"""What comes after the votes: the act that binds a funder and a body, then the payment that it allows."""

from playwright.sync_api import expect

from .calls import LEAD
from .hands import press
from .run_dossiers import BIKES
from .test_accessible import quiet


def bind(officer, resident, call):
    """24 000 € of one authority, in two grants under 23 000 €: a convention, signed on both sides.

    What the other authority gives to the same body is counted apart, and an order is enough for it.
    """
    for name, act, said in (
        (LEAD, "order", "9 500 € cette année-là, 23 000 € au plus"),
        ("Région", "convention", "24 000 € cette année-là, plus de 23 000 €"),
    ):
        officer.goto(f"{call}conventions/")
        row = officer.get_by_role("row").filter(has_text=BIKES.who).filter(has_text=name)
        row.get_by_role("link", name="Établir").click()
        expect(officer.get_by_role("region", name="Ce qui est proposé")).to_contain_text(said)
        expect(officer.get_by_label("Nature de l’acte")).to_have_value(act)
    quiet(officer)
    press(officer, "Enregistrer")
    officer.get_by_role("table").get_by_role("link", name=BIKES.who).click()
    officer.wait_for_url("**/actes/*/")
    resident.goto(officer.url)
    press(resident, "Je signe")
    officer.reload()
    press(officer, "Noter la signature")
    expect(officer.get_by_role("region", name="Empreinte")).to_be_visible()
    quiet(officer)


def pay(officer, resident, call, bikes):
    """No payment before the convention; then one planned, whose sixty days are read by both sides."""
    officer.goto(f"{bikes}argent/")
    officer.get_by_role("link", name="Ouvrir").first.click()
    expect(officer.get_by_role("main")).to_contain_text("signez une convention avant de payer")
    quiet(officer)
    decision = officer.url
    bind(officer, resident, call)
    officer.goto(decision)
    expect(officer.get_by_role("main")).to_contain_text("la convention est signée")
    officer.get_by_role("link", name="Prévoir les versements").click()
    press(officer, "Enregistrer")
    expect(officer.get_by_text("Les versements sont prévus.")).to_be_visible()
    officer.goto(f"{call}versements/")
    expect(officer.get_by_role("table")).to_contain_text("Jour 0 sur 60")
    quiet(officer)
    resident.goto(f"{bikes}argent/")
    expect(resident.get_by_role("main")).to_contain_text("Jour 0 sur 60")
    quiet(resident)
