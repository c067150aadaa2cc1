"""Addresses of the right to question."""

from django.urls import path

from faubourg.contracts.views import question_writing as writing
from faubourg.contracts.views import questions

ALL = "contrats/<str:code>/interpellations"
ONE = f"{ALL}/<int:pk>"

urlpatterns = [
    path(f"{ALL}/", questions.contract_questions, name="contract_questions"),
    path(f"{ALL}/deposer/", writing.contract_question_submit, name="contract_question_submit"),
    path(f"{ONE}/", questions.contract_question, name="contract_question"),
    path(f"{ONE}/corriger/", writing.contract_question_amend, name="contract_question_amend"),
    path(f"{ONE}/etape/", writing.contract_question_step, name="contract_question_step"),
    path(f"{ONE}/publier/", questions.contract_question_publish, name="contract_question_publish"),
    path(f"{ONE}/renvoyer/", questions.contract_question_send_back, name="contract_question_send_back"),
]
