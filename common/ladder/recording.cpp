// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "recording.h"

#include <algorithm>

Recording::Recording(StepReader readStep, quint16 serverPort, QObject *parent)
    : QObject(parent)
    , m_readStep(std::move(readStep))
    , m_flows(serverPort)
    , m_match(m_flows)
    , m_pages(m_flows)
{
}

void Recording::setCapturing(bool capturing)
{
    if (std::exchange(m_capturing, capturing) != capturing)
        emit changed();
}

void Recording::addSegments(const std::vector<Segment> &segments)
{
    for (const Segment &segment : segments) {
        const FlowTable::Place place = m_flows.append(segment);
        m_pages.append(segment, place);
        emit segmentAdded(place.flow, place.changedFrom);
    }
    emit changed();
}

void Recording::setEnded()
{
    m_flows.setEnded();
    for (int flow = 0; flow < m_flows.count(); ++flow)
        emit segmentAdded(flow, 0);
    emit changed();
}

void Recording::clearSteps()
{
    m_match.clear();
    m_states.clear();
    m_attempt = -1;
}

void Recording::addStep(const Step &step)
{
    note(step);
    emit changed();
}

void Recording::addSteps(const std::vector<Step> &steps)
{
    for (const Step &step : steps)
        note(step);
    if (!steps.empty())
        emit changed();
}

void Recording::note(const Step &step)
{
    const qsizetype index = m_match.add(step);
    if (step.kind == StepKind::Connecting)
        m_attempt = index;
    emit stepAdded(index, step);
}

void Recording::addState(int connection, const KernelState &state)
{
    std::vector<KernelState> &states = m_states[connection];
    const auto last = std::find_if(states.crbegin(), states.crend(),
                                   [&state](const KernelState &other) { return other.side == state.side; });
    if (last != states.crend() && last->state == state.state)
        return;
    states.push_back(state);
    emit stateAdded(connection);
    emit changed();
}

const std::vector<Recording::KernelState> &Recording::statesOf(int connection) const
{
    static const std::vector<KernelState> none;
    const auto found = m_states.find(connection);
    return found == m_states.end() ? none : found->second;
}

int Recording::flowOfAttempt() const
{
    return m_attempt < 0 ? -1 : m_match.segmentsOf(m_attempt).flow;
}
