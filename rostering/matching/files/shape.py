"""Which fields does a file with a planning problem have, and between which bounds? See FORMAT.md beside the files."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rostering.matching.world import NO_LIMIT

DAY, WEEK = 1440, 7 * 1440

Count = Annotated[int, Field(ge=0, le=int(NO_LIMIT))]
Minute = Annotated[int, Field(ge=-1000 * WEEK, le=1000 * WEEK)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Km = Annotated[float, Field(ge=-100_000, le=100_000)]
Span = tuple[Minute, Minute]


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class KindShape(Shape):
    code: Name
    requires: list[Name]
    on_call: bool


class PersonShape(Shape):
    id: Name
    x: Km
    y: Km
    newcomer: bool
    qualified_until: dict[Name, Minute | None]
    max_travel_km: Annotated[Km, Field(ge=0)]
    willingness: dict[Name, Annotated[int, Field(ge=-1, le=2)]]
    max_tasks_week: Count
    max_minutes_week: Count
    max_heavy_week: Count
    acceptance: Annotated[float, Field(ge=0, le=1)]
    windows: list[Span]
    busy: list[Span]
    on_call_days: list[Annotated[int, Field(ge=0, le=6)]]


class TaskShape(Shape):
    id: Name
    kind: Name
    location: Count
    remote: bool
    start: Annotated[Minute, Field(ge=0)]
    end: Minute
    need: Count
    extra: Count
    heavy: bool
    priority: Annotated[int, Field(ge=0, le=2)]
    minutes: Count
    rest: Count


class FileShape(Shape):
    format: Literal["paraat-roster-1"]
    name: Name
    weeks: Annotated[int, Field(ge=1, le=104)]
    grid: Literal[15]
    locations: Annotated[list[tuple[Km, Km]], Field(max_length=100_000)]
    kinds: Annotated[list[KindShape], Field(max_length=1000)]
    cover_reward: tuple[Count, Count, Count]
    fairness: Count
    people: Annotated[list[PersonShape], Field(max_length=20_000)]
    tasks: Annotated[list[TaskShape], Field(max_length=100_000)]
