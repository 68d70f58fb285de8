"""What no browser sends of itself."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/%00/", "/inloggen/?next=%00", "/inloggen/?x=a%00b"])
def test_a_nul_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400
