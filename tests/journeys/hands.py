"""What a hand does on any page: sign in, press a button; each waits for the page that answers."""

from playwright.sync_api import Page

PASSWORD = "quartiers-en-demo"


def press(page: Page, name: str) -> None:
    """A button of the page itself; what comes next is asked of the page that answers, never of this one."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, person: str) -> None:
    """With the form, as anybody; a page that is already the sign-in page keeps where it leads."""
    if "/compte/login/" not in page.url:
        page.goto("/compte/login/")
    page.get_by_role("textbox", name="Courriel").fill(person)
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/compte/login/" not in url)
