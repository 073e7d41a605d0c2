// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "laddermodel.h"

#include <algorithm>

std::array<LadderState, 2> LadderModel::statesAfterSegment(qsizetype segment) const
{
    using enum LadderState::Source;
    const FlowSegment &last = flow()->at(segment);
    std::array<LadderState, 2> states;
    const auto sender = size_t(last.sender);
    states[sender] = {last.senderState, Segments};
    states[1 - sender] = {last.receiverState, Segments};
    if (crossesPrevious(segment)) // the arrow before this one arrives after this one left
        states[sender] = {flow()->at(segment - 1).receiverState, Segments};
    return states;
}

std::array<LadderState, 2> LadderModel::statesBefore(qsizetype row) const
{
    const size_t index = loneFrom(row);
    const qsizetype segments = row - qsizetype(index);
    std::array<LadderState, 2> states;
    if (flow() && segments > 0) {
        states = statesAfterSegment(segments - 1);
    } else if (flow()) {
        for (const Side side : {Side::Client, Side::Server})
            states[size_t(side)] = {flow()->stateBefore(side), LadderState::Source::Segments};
    }
    if (index == 0)
        return states;
    // The kernel's states since the last segment, the newest of each end.
    const Lone &last = m_lone[index - 1];
    auto known = std::ranges::lower_bound(m_states, last.item, {}, &State::step) - m_states.begin();
    if (last.item & Lone::stateBit)
        known = qsizetype(last.item & ~Lone::stateBit) + 1;
    std::array<bool, 2> found{};
    for (auto i = known - 1; i >= 0 && qsizetype(m_states[size_t(i)].segment) == segments; --i) {
        const Recording::KernelState &state = m_states[size_t(i)].state;
        if (!std::exchange(found[size_t(state.side)], true))
            states[size_t(state.side)] = {state.state, LadderState::Source::Kernel};
    }
    return states;
}

void LadderModel::setTimeWaitLeft(Side side, int seconds)
{
    constexpr qsizetype farthest = 64; // hardly anything happens in TIME-WAIT
    if (std::exchange(m_timeWaitLeft[size_t(side)], seconds) == seconds)
        return;
    const auto isWaiting = [this, side](qsizetype row) {
        return statesBefore(row)[size_t(side)].state == TcpState::TimeWait;
    };
    for (qsizetype row = count() - 1; row >= 0 && row >= count() - farthest; --row) {
        if (isWaiting(row + 1) && !isWaiting(row)) {
            emit changed(row);
            return;
        }
    }
}
