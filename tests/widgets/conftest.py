"""A small engagement with interviews, customers and a codebook, on a store of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.widgets.coding_model import CodingModel
from reviewkit.widgets.desk import Desk

PARAMS = """\
id: acme
name: A review
client: A client
purpose: To answer calls
data_as_of: 2025-06-30
data: data
"""
# ruff: noqa: E501 - rows of a table
REMARKS = """\
remark_id,source,interview_id,stakeholder_id,department,level,site,question,about,on_record,said_on,text
R1,one_to_one,I1,P1,Service,front_line,North,challenges,result,true,2025-06-02,We have no training at all. The system crashes daily.
R2,one_to_one,I1,P1,Service,front_line,North,systems_better,result,true,2025-06-02,The system is slow.
R3,one_to_one,I2,P2,Sales,team_lead,South,works_well,result,false,2025-06-03,Good training here.
R4,one_to_one,I2,P2,Sales,team_lead,South,,result,false,2025-06-03,"<img src=x onerror=""document.title='hit'""> costs $x^$ and $y$"
R5,one_to_one,I2,P2,Sales,team_lead,South,,result,false,2025-06-03,المدير لا يستمع إلينا أبدا.
R6,group_work,I3,P3,IT,front_line,North,,result,true,2025-06-04,We are always last to know.
"""
INTERVIEWS = """\
interview_id,kind,planned_at,minutes,site,interviewer,status
I1,one_to_one,2025-06-02T09:00,45,North,Analyst A,coded
I2,one_to_one,2025-06-03T09:00,45,South,Analyst A,coded
I3,group,2025-06-04T09:00,60,North,Analyst B,planned
"""
PARTICIPANTS = """\
interview_id,stakeholder_id,on_record,attribution
I1,P1,true,broad
I2,P2,false,none
I3,P3,true,role
"""
STAKEHOLDERS = """\
stakeholder_id,name,department,level,site,role,headcount
P1,,Service,front_line,North,Adviser,1
P2,,Sales,team_lead,South,Team lead,1
P3,,IT,front_line,North,Technician,1
P4,,IT,department_head,North,Head of IT,1
"""
CODINGS = """\
remark_id,code,coder,stance,prompting,memo
R6,communication_between_teams,Analyst B,concern,spontaneous,
"""


def written(folder: Path) -> Path:
    """Write the engagement to a folder and return its params file."""
    data = folder / "params" / "data"
    data.mkdir(parents=True)
    files = {
        "remarks": REMARKS, "interviews": INTERVIEWS, "participants": PARTICIPANTS,
        "stakeholders": STAKEHOLDERS, "codings": CODINGS,
    }  # fmt: skip
    for name, text in files.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    feedback = "feedback_id,at,site,score,text\nF1,2025-06-05,North,2,I waited an hour on the phone.\n"
    (data / "customer_feedback.csv").write_text(feedback, encoding="utf-8")
    params = folder / "params" / "acme.yaml"
    params.write_text(PARAMS, encoding="utf-8")
    return params


@pytest.fixture
def params(tmp_path: Path) -> Path:
    """The params file of a small engagement."""
    return written(tmp_path)


@pytest.fixture
def desk(params: Path) -> Desk:
    """Analyst A's place at it."""
    return Desk(params, "Analyst A")


@pytest.fixture
def model(desk: Desk) -> CodingModel:
    """Analyst A coding."""
    return CodingModel(desk)
