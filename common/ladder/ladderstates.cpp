// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The states of both ends at a row: from segments, or from steps and from the kernel.

#include "laddermodel.h"

#include <algorithm>

std::array<LadderState, 2> LadderModel::statesAfterSegment(FlowRow segment) const
{
    using enum LadderState::Source;
    const FlowSegment &last = flow()->at(segment.value());
    std::array<LadderState, 2> states;
    const auto sender = size_t(last.sender);
    states[sender] = {last.senderState, Segments};
    states[1 - sender] = {last.receiverState, Segments};
    if (crossesPrevious(segment)) // the arrow before arrives after this one was sent
        states[sender] = {flow()->at(segment.value() - 1).receiverState, Segments};
    return states;
}

/// The state of an end when this row begins, from what it has sent and what has arrived there until then. segment: may
/// be the flow's count.
LadderState LadderModel::stateBeforeDeparture(FlowRow segment, Side side) const
{
    constexpr qsizetype maxRows = 1000; // an end that only receives
    const Transits &transits = *flow()->transits();
    const auto lineOf = [&](qsizetype row) {
        return row < flow()->count() ? transits.rows[size_t(row)].firstLine() : Transit::noLine;
    };
    const quint32 line = lineOf(segment.value());
    LadderState state{flow()->stateBefore(side), LadderState::Source::Segments};
    qint64 sentLine = -1;
    for (qsizetype row = segment.value() - 1; row >= 0 && row >= segment.value() - maxRows; --row) {
        if (flow()->at(row).sender != side || !transits.rows[size_t(row)].hasDeparted())
            continue;
        sentLine = lineOf(row);
        state.state = flow()->at(row).senderState;
        break;
    }
    auto arrival = std::ranges::lower_bound(transits.arrivals, line, {},
                                            [&](quint32 row) { return transits.rows[row].arrivalLine; });
    for (qsizetype looked = 0; arrival != transits.arrivals.begin() && looked < maxRows; ++looked) {
        const quint32 row = *--arrival;
        if (qint64(transits.rows[row].arrivalLine) <= sentLine)
            break;
        if (flow()->at(row).sender == side)
            continue;
        state.state = flow()->at(row).receiverState;
        break;
    }
    return state;
}

std::array<LadderState, 2> LadderModel::statesBefore(LadderIndex row) const
{
    const size_t index = loneFrom(row.value());
    const qsizetype segments = row.value() - qsizetype(index);
    std::array<LadderState, 2> states;
    if (!flow()) {
        for (const Side side : {Side::Client, Side::Server})
            states[size_t(side)] = stateBetweenSteps(side, index);
        return states;
    }
    if (segments > 0 && flow()->transits()) {
        for (const Side side : {Side::Client, Side::Server})
            states[size_t(side)] = stateBeforeDeparture(FlowRow(segments), side);
    } else if (segments > 0) {
        states = statesAfterSegment(FlowRow(segments - 1));
    } else {
        for (const Side side : {Side::Client, Side::Server})
            states[size_t(side)] = {flow()->stateBefore(side), LadderState::Source::Segments};
    }
    // The newest state of each end that the kernel reported since the last segment.
    std::array<bool, 2> found{};
    for (size_t i = statesBeforeLone(index); i > 0 && qsizetype(m_states[i - 1].segment) == segments; --i) {
        const Recording::KernelState &state = m_states[i - 1].state;
        if (!std::exchange(found[size_t(state.side)], true))
            states[size_t(state.side)] = {state.state, LadderState::Source::Kernel};
    }
    return states;
}

/// The number of states with rows before a lone row.
size_t LadderModel::statesBeforeLone(size_t lone) const
{
    if (lone == 0)
        return 0;
    const Lone &last = m_lone[lone - 1];
    if (last.item & Lone::stateBit)
        return size_t(last.item & ~Lone::stateBit) + 1;
    return size_t(std::ranges::lower_bound(m_states, qsizetype(last.item), {}, &State::step) - m_states.begin());
}

/// Without a flow: the newest state before a lone row, from a step or the kernel.
LadderState LadderModel::stateBetweenSteps(Side side, size_t lone) const
{
    LadderState state;
    if (lone == 0)
        return state;
    const qsizetype last = stepOf(m_lone[lone - 1]);
    qsizetype since = -1;
    for (const StepStates::AtStep &at : m_atSteps) {
        if (at.step > last)
            break;
        if (at.side != side)
            continue;
        state = at.state;
        since = at.step;
    }
    for (size_t i = statesBeforeLone(lone); i > 0 && m_states[i - 1].step >= since; --i) {
        if (m_states[i - 1].state.side == side)
            return {m_states[i - 1].state.state, LadderState::Source::Kernel};
    }
    return state;
}

std::optional<LadderState> LadderModel::stateAtStep(StepRow step, Side side) const
{
    const auto found = std::ranges::find_if(
        m_atSteps, [&](const StepStates::AtStep &at) { return at.step == step.value() && at.side == side; });
    return found == m_atSteps.end() ? std::nullopt : std::optional(found->state);
}

/// Recomputes all states, those at steps and those with rows of their own. There are only a few.
void LadderModel::weaveStates()
{
    if (flow() || !m_end || !shownConnection())
        return;
    const std::vector<State> before = std::move(m_states);
    removeStates(before);
    const StepStates::Source source = statesSource();
    const StepStates woven(source);
    m_finArrived = woven.finArrived();
    const auto atSteps = std::ranges::mismatch(m_atSteps, woven.atSteps());
    if (atSteps.in1 != m_atSteps.end())
        touchFrom(atSteps.in1->step);
    if (atSteps.in2 != woven.atSteps().end())
        touchFrom(atSteps.in2->step);
    m_atSteps = woven.atSteps();
    for (const StepStates::BehindStep &row : woven.behindSteps())
        insertState(source.kernel[row.state], row.step);
    const auto rows = std::ranges::mismatch(before, m_states, [](const State &one, const State &other) {
        return one.step == other.step && one.state.side == other.state.side && one.state.state == other.state.state;
    });
    if (rows.in1 != before.end())
        touchFrom(rows.in1->step);
    if (rows.in2 != m_states.end())
        touchFrom(rows.in2->step);
}

StepStates::Source LadderModel::statesSource() const
{
    StepStates::Source source;
    source.end = *m_end;
    source.kernel = m_recording.statesOf(m_connection);
    const StepIndex::Events &events = shownConnection()->events;
    for (auto event = events.begin(); event != events.end(); ++event) {
        const bool isOfAttempt = event->kind == StepKind::Cancelled || event->kind == StepKind::Unreachable;
        if (isOfAttempt && m_connection > 0)
            continue; // other attempts were
        const auto next = event + 1 == events.end() ? StepKind::Error : (event + 1)->kind;
        const bool isClose = event->kind == StepKind::Close;
        const bool finWaits = isClose ? next == StepKind::Closing : !event->hasSegments;
        source.events.push_back({event->kind, event->step, finWaits, isClose && next == StepKind::Unread});
        if (isClose || event->kind == StepKind::FinSent || event->kind == StepKind::FinishedSending)
            source.isFinAcknowledged =
                arrivalOfFin(*m_end, m_recording.step(event->step).time.wallUs) == LadderRow::Arrival::Arrived;
    }
    source.lastStepUntil = [this](qint64 timeUs) {
        const auto behind = std::partition_point(m_lone.begin(), m_lone.end(),
                                                 [&](const Lone &lone) { return timeOf(lone) <= timeUs; });
        return behind == m_lone.begin() ? -1 : qsizetype(std::prev(behind)->item);
    };
    source.stepBefore = [this](qsizetype step) {
        const auto lone = loneOfStep(step);
        return lone == m_lone.begin() ? -1 : qsizetype(std::prev(lone)->item);
    };
    return source;
}

/// Removes the rows of these states.
void LadderModel::removeStates(const std::vector<State> &states)
{
    m_states = states; // stepOf() needs them for their rows
    while (!m_states.empty()) {
        const auto behind = std::ranges::upper_bound(m_lone, m_states.back().step, {},
                                                     [this](const Lone &lone) { return stepOf(lone); });
        m_lone.erase(std::prev(behind));
        m_states.pop_back();
    }
}

void LadderModel::insertState(const Recording::KernelState &state, qsizetype behindStep)
{
    const auto place =
        std::ranges::upper_bound(m_lone, behindStep, {}, [this](const Lone &lone) { return stepOf(lone); });
    m_lone.insert(place, {0, quint32(m_states.size()) | Lone::stateBit});
    m_states.push_back({state, behindStep, 0});
}

void LadderModel::setTimeWaitLeft(Side side, int seconds)
{
    constexpr qsizetype maxRows = 64; // little happens in TIME-WAIT
    const int left = m_connection < m_newest ? -1 : seconds;
    if (std::exchange(m_timeWaitLeft[size_t(side)], left) == left)
        return;
    const auto isWaiting = [this, side](qsizetype row) {
        return statesBefore(LadderIndex(row))[size_t(side)].state == TcpState::TimeWait;
    };
    for (qsizetype row = count() - 1; row >= 0 && row >= count() - maxRows; --row) {
        if (isWaiting(row + 1) && !isWaiting(row)) {
            emit changed(LadderIndex(row));
            return;
        }
    }
}
