"""What the tests of who applies share: an association, its people, a call open or not."""

from copy import deepcopy
from threading import Barrier, Thread

from django.db import connection

from faubourg.base.refusal import Conflict, Refused
from faubourg.calls import models as m
from faubourg.rules.calls.presets import DATA
from tests.factories.calls import ApplicantRoleFactory, CallFactory, RuleSetVersionFactory
from tests.factories.contracts import ContractFactory
from tests.factories.people import OrganisationFactory, PersonFactory

AHEAD, BEHIND = "2099-12-01T23:59:59+01:00", "2014-12-01T23:59:59+01:00"


def association(name="Les Voisins", **roles):
    """`association(administrator=zoe, signatory=ali)`: an organisation that applies, with its people."""
    made = OrganisationFactory(name=name)
    m.Applicant.objects.create(organisation=made)
    for role, person in roles.items():
        ApplicantRoleFactory(organisation=made, person=person, role=role)
    return made


def receiving(*, closes=AHEAD, sanction="late_flag", opinion="warn", opens=None, **kwargs):
    """A published call; its window of summary sheets closes then, its window of dossiers far ahead."""
    told = deepcopy(DATA["npdc-2014"])
    window, dossiers = told["windows"]
    window |= {"closes": closes, "sanction": sanction, **({"opens": opens} if opens else {})}
    dossiers["closes"] = "2099-12-31T23:59:59+01:00"
    told["intent_opinion"] = opinion
    return CallFactory(state="published", rule_set=RuleSetVersionFactory(told=told), **kwargs)


def of_a_contract(call, place):
    """The call with one contract, whose neighbourhood is `place`."""
    contract = ContractFactory(quarters=[place])
    call.contracts.add(contract)
    return contract


def codes(refused):
    """The codes of a refusal."""
    return [reason.code for reason in refused.value.verdict.refusals()]


def at_once(*writes):
    """Each in its own thread, all at the same moment: what each answered."""
    barrier, answers = Barrier(len(writes)), []

    def run(write):
        try:
            barrier.wait(5)
            write()
        except (Refused, Conflict) as error:
            answers.append(type(error).__name__)
        else:
            answers.append("done")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(write,)) for write in writes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def someone(**kwargs):
    """A person with an account and a verified address."""
    return PersonFactory(password="rue-des-Lilas-42", **kwargs)
