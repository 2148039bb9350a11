"""Where files are kept, as the environment says it."""

from pathlib import Path

import pytest

from mentorhub import settings
from mentorhub.settings import SettingsError


def test_files_are_kept_in_the_data_folder_unless_another_place_is_named(tmp_path: Path) -> None:
    data = tmp_path / "our data"

    assert settings.parse({"MENTORHUB_DATA": str(data)}).files_url == (data / "files").as_uri()
    assert settings.parse({"FILES_URL": "s3://bucket/folder/"}).files_url == "s3://bucket/folder"
    assert settings.parse({"FILES_URL": "file:///srv/files"}).files_url == "file:///srv/files"


@pytest.mark.parametrize("url", ["/srv/files", "file://srv", "s3:///folder", "https://bucket.example", "s3://"])
def test_a_place_for_files_that_is_none_stops_the_program_with_the_name_of_the_variable(url: str) -> None:
    with pytest.raises(SettingsError, match="FILES_URL: expected s3://bucket/folder or file:///folder"):
        settings.parse({"FILES_URL": url})
