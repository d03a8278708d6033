"""The list of engagements."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from reviewkit.publish import publish_index
from reviewkit.publish.tries import keep_tries


def run(folder: Path, engagement: str, name: str, **more: object) -> Path:
    made = folder / engagement / name
    (made / "site" / "leadership").mkdir(parents=True)
    (made / "site" / "leadership" / "index.html").write_text("x")
    manifest = {
        "engagement": engagement,
        "name": engagement.title(),
        "run": name,
        "started": "2025-07-01T09:00:00",
        "finished": "2025-07-01T09:01:00",
        "status": "published",
        "failures": [],
        "headline": "",
        "simulated": False,
    }
    (made / "manifest.json").write_text(json.dumps(manifest | more))
    if manifest["status"] == (manifest | more)["status"]:
        (folder / engagement / "latest").symlink_to(name)
    return made


def test_publish_index_links_each_engagement_to_its_own_pages(tmp_path: Path) -> None:
    run(tmp_path, "alpha", "r1", headline="It fell <b>.")
    run(tmp_path, "beta", "r1")
    html = publish_index(tmp_path).read_text()
    assert 'href="alpha/latest/site/leadership/index.html"' in html and "It fell &lt;b&gt;." in html
    assert 'href="beta/latest/site/leadership/index.html"' in html and "site/team" not in html


def test_publish_index_tells_a_later_failure(tmp_path: Path) -> None:
    run(tmp_path, "alpha", "r1")
    run(
        tmp_path,
        "alpha",
        "r2",
        status="failed",
        started="2025-07-02T09:00:00",
        failures=["step 1.1, cell 3: no"],
    )
    html = publish_index(tmp_path).read_text()
    assert "a later run failed" in html and "step 1.1, cell 3: no" in html and "1 with a failure" in html


def test_publish_index_skips_folders_without_a_run(tmp_path: Path) -> None:
    (tmp_path / "gamma" / "workbench").mkdir(parents=True)
    (tmp_path / "delta" / "r1" / "site").mkdir(parents=True)
    assert "0 engagements" in publish_index(tmp_path).read_text()


NOW = dt.datetime(2025, 7, 10, 12, 0, tzinfo=dt.UTC)


def test_publish_index_tells_how_old_data_and_run_are(tmp_path: Path) -> None:
    run(tmp_path, "alpha", "r1", data_as_of="2025-06-30")
    run(tmp_path, "beta", "r1", data_as_of="2025-01-31")
    html = publish_index(tmp_path, NOW).read_text()
    assert "Data to 30 June 2025, 10 days ago" in html and "run 9 days ago" in html and "no schedule" in html
    assert "2 engagements, 1 stale. Days are counted to 10 July 2025." in html
    assert html.count("<strong>Stale.</strong>") == 1


def test_publish_index_tells_what_is_due_by_its_schedule(tmp_path: Path) -> None:
    for name, cron in (("alpha", "0 6 * * 1"), ("beta", "0 6 1 * *")):
        made = run(tmp_path, name, "r1", data_as_of="2025-06-30", started="2025-07-01T09:00:00+00:00")
        (made / "engagement.yaml").write_text(f'schedule: "{cron}"\n')
    html = publish_index(tmp_path, NOW).read_text()
    assert "due since 7 July 2025, 06:00 UTC" in html and "next due 1 August 2025, 06:00 UTC" in html
    assert "2 engagements, 1 stale." in html


def test_publish_index_passes_over_a_schedule_that_cannot_be_read(tmp_path: Path) -> None:
    made = run(tmp_path, "alpha", "r1", data_as_of="2025-06-30")
    (made / "engagement.yaml").write_text("schedule: whenever\n")
    assert "no schedule" in publish_index(tmp_path, NOW).read_text()


def test_an_engagement_whose_manifest_is_damaged_is_listed_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "torn" / "20250101T000000").mkdir(parents=True)
    (tmp_path / "torn" / "20250101T000000" / "manifest.json").write_text("{not json", encoding="utf-8")
    html = publish_index(tmp_path).read_text(encoding="utf-8")
    assert "torn" in html and "damaged" in html and "--force" in html
    assert "1 engagement, 1 with a failure in the last run" in html


TRIED = dt.datetime(2025, 7, 3, 9, 0, tzinfo=dt.UTC)


def spoiled(folder: Path, text: str = "id: beta\nname: Review of <b>Beta</b>\n") -> Path:
    path = folder / "beta.yaml"
    path.write_text(text)
    return path


def test_a_params_file_that_never_made_a_run_is_listed_until_it_does(tmp_path: Path) -> None:
    runs, params = tmp_path / "runs", spoiled(tmp_path)
    run(runs, "alpha", "r1")
    keep_tries(runs, {params: "beta.yaml, key client: is <missing>."}, TRIED)
    html = publish_index(runs, NOW).read_text()
    assert "2 engagements, 1 never published." in html and str(tmp_path) not in html
    assert "Review of &lt;b&gt;Beta&lt;/b&gt;" in html and "key client: is &lt;missing&gt;." in html
    assert "tried 3 July 2025, 09:00" in html and "beta.yaml" in html
    run(runs, "beta", "r1", started="2025-07-04T09:00:00+00:00")
    keep_tries(runs, {params: ""})
    html = publish_index(runs, NOW).read_text()
    assert "never published" not in html and "key client" not in html and not (runs / ".refused").exists()


def test_a_later_try_that_was_refused_is_told_beside_the_published_run(tmp_path: Path) -> None:
    runs, params = tmp_path / "runs", spoiled(tmp_path)
    run(runs, "beta", "r1", started="2025-07-01T09:00:00+00:00")
    keep_tries(runs, {params: "beta.yaml: no."}, TRIED)
    html = publish_index(runs, NOW).read_text()
    assert "1 engagement, 1 with a failure in the last run." in html
    assert "published; a later try was refused" in html and "tried 3 July 2025, 09:00: beta.yaml: no." in html
    run(runs, "beta", "r2", status="failed", started="2025-07-05T09:00:00+00:00")
    assert "refused" not in publish_index(runs, NOW).read_text()


def test_a_params_file_that_is_gone_or_was_kept_damaged_is_not_listed(tmp_path: Path) -> None:
    runs, params = tmp_path / "runs", spoiled(tmp_path, "id: [")
    runs.mkdir()
    keep_tries(runs, {params: "beta.yaml, line 1: is not valid YAML."}, TRIED)
    assert "1 engagement, 1 never published" in publish_index(runs, NOW).read_text()
    kept = next((runs / ".refused").iterdir())
    whole = kept.read_text()
    kept.write_text("[1]")
    assert "0 engagements" in publish_index(runs, NOW).read_text()
    kept.write_text(whole)
    params.unlink()
    assert "0 engagements" in publish_index(runs, NOW).read_text()
