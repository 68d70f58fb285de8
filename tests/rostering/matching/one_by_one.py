"""The rules for one person and one task in plain Python, written apart from rules.py, to compare with."""

from rostering.matching.world import World


def reasons(world: World, i: int, j: int) -> set[str]:
    return {*_of_the_pair(world, i, j), *_of_time(world, i, j), *_of_work(world, i, j)}


def _of_the_pair(world, i, j):
    people, tasks = world.people, world.tasks
    yield from (code for code, mask in people.bars.items() if mask[i])
    yield from (code for code, mask in tasks.bars.items() if mask[j])
    yield from (code for code, (who, what) in world.barred.items() if (i, j) in zip(who, what, strict=True))
    if people.willingness[i, tasks.kind[j]] == -1:
        yield "never"
    for index in world.requires[tasks.kind[j]]:
        held = world.requirements[index].held
        day = tasks.judged_on[j]
        spans = zip(held.person, held.start, held.end, strict=True)
        if not any(who == i and first <= day <= last for who, first, last in spans):
            yield world.requirements[index].code
    if tasks.place[j] >= 0 and people.km[i, tasks.place[j]] > people.travel_km[i]:
        yield "far"
    there = tasks.need[j] + tasks.extra[j] + tasks.experienced_on[j] + tasks.newcomers_on[j]
    if people.newcomer[i] and not tasks.alone[j] and there < 2:
        yield "newcomer"


def _of_time(world, i, j):
    people, tasks, g = world.people, world.tasks, world.grid
    slots = set(range(tasks.start[j] // g, -(-tasks.end[j] // g)))
    free, busy = set(), set()
    for who, start, end in zip(people.free.person, people.free.start, people.free.end, strict=True):
        free |= set(range(start // g, end // g)) if who == i else set()
    for who, start, end in zip(people.busy.person, people.busy.start, people.busy.end, strict=True):
        busy |= set(range(start // g, -(-end // g))) if who == i else set()
    if slots & busy:
        yield "busy"
    said = people.day_status[i, tasks.day[j]]
    if tasks.on_call[j]:
        pattern = people.on_call_days[i, tasks.weekday[j]]
    else:
        pattern = people.unasked[i] or slots <= free
        if world.last is not None and any(slot * g >= world.last for slot in slots):
            yield "unavailable"
    if said < 0 or (said == 0 and not pattern):
        yield "unavailable"


def _of_work(world, i, j):
    people, tasks, blocks = world.people, world.tasks, world.blocks
    start, end, rest = tasks.start[j], tasks.end[j], tasks.rest[j]
    mine = [b for b in range(len(blocks.person)) if blocks.person[b] == i]
    others = [b for b in mine if blocks.task[b] != j]
    if len(mine) > len(others):
        yield "already"
    for b in others:
        if blocks.start[b] < end and start < blocks.end[b]:
            yield "overlap"
        elif blocks.end[b] <= start < blocks.end[b] + blocks.rest[b] or end <= blocks.start[b] < end + rest:
            yield "rest"
    week = tasks.week[j]
    there = [b for b in others if blocks.week[b] == week]
    if len(there) + 1 > people.most_tasks[i, week]:
        yield "week_shifts"
    if sum(int(blocks.minutes[b]) for b in there) + tasks.minutes[j] > people.most_minutes[i, week]:
        yield "week_hours"
    if tasks.heavy[j] and sum(bool(blocks.heavy[b]) for b in there) + 1 > people.most_heavy[i, week]:
        yield "week_heavy"
