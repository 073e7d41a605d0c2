// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "recording.h"

#include <algorithm>

namespace {

/// The end is closed, and did not get there by way of two FINs, as far as was seen.
bool wasReset(const std::vector<Recording::KernelState> &states, Side side)
{
    TcpState before = TcpState::Closed;
    TcpState last = TcpState::Established;
    for (const Recording::KernelState &state : states) {
        if (state.side == side)
            before = std::exchange(last, state.state);
    }
    return last == TcpState::Closed &&
           (before == TcpState::Established || before == TcpState::FinWait1 || before == TcpState::FinWait2);
}

} // namespace

Recording::Recording(StepReader readStep, quint16 serverPort, QObject *parent)
    : QObject(parent)
    , m_readStep(std::move(readStep))
    , m_flows(serverPort)
    , m_match(m_flows)
    , m_pages(m_flows)
{
}

void Recording::beginCapture()
{
    m_pages.beginCapture();
    m_flows.forgetPayload();
    emit captureBegan();
}

void Recording::setCapturing(bool capturing)
{
    if (std::exchange(m_capturing, capturing) != capturing)
        emit changed();
}

void Recording::addSegments(const std::vector<Segment> &segments)
{
    for (const Segment &segment : segments) {
        if (m_link)
            m_flowsBesideLink.append(segment);
        if (m_link && LinkedFlows::carries(segment))
            continue;
        const FlowTable::Place place = m_flows.append(segment);
        m_pages.append(segment, place);
        emit segmentAdded(place.flow, place.changedFrom);
    }
    emit changed();
}

void Recording::addFlow(Flow flow)
{
    m_flows.add(std::move(flow));
    emit segmentAdded(m_flows.count() - 1, 0);
    emit changed();
}

void Recording::setJoint(std::shared_ptr<JointCapture> joint)
{
    m_flows = joint->takeFlows();
    m_joint = std::move(joint);
    for (int flow = 0; flow < m_flows.count(); ++flow)
        emit segmentAdded(flow, 0);
    emit changed();
}

void Recording::beginLink(const QStringList &files)
{
    m_link = std::make_unique<LinkedFlows>(m_flows, m_pages, files);
}

void Recording::addLinkSegments(Side end, const std::vector<Segment> &segments)
{
    tell(m_link->addSegments(end, segments));
    if (!segments.empty())
        emit changed(); // at least the lines of this end
}

void Recording::addLinkReports(std::span<const LinkReport> reports)
{
    tell(m_link->addReports(reports));
    emit changed();
}

void Recording::missLinkReports()
{
    tell(m_link->missReports());
    emit changed();
}

void Recording::tell(const std::vector<LinkedFlows::Change> &changes)
{
    for (const LinkedFlows::Change &change : changes)
        emit segmentAdded(change.flow, change.fromRow);
}

QStringList Recording::legend(int flow) const
{
    return m_joint ? m_joint->legend(flow, m_flows.at(flow)) : m_legend;
}

void Recording::swapEnds(int flow)
{
    m_flows.swapEnds(flow);
    m_pages.swapEnds(flow);
    emit segmentAdded(flow, 0);
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
    m_kernel.clear();
}

void Recording::addStep(const Step &step)
{
    note(step);
    emit changed();
}

void Recording::addSteps(std::span<const Step> steps)
{
    for (const Step &step : steps)
        note(step);
    if (!steps.empty())
        emit changed();
}

void Recording::note(const Step &step)
{
    const qsizetype index = m_match.add(step).value();
    emit stepAdded(index, step);
}

void Recording::addState(int connection, const KernelState &state)
{
    if (!add(m_kernel[connection], state))
        return;
    emit stateAdded(connection);
    emit changed();
}

/// False: it is the state that was known.
bool Recording::add(Kernel &kernel, const KernelState &state)
{
    const auto last = std::find_if(kernel.states.crbegin(), kernel.states.crend(),
                                   [&state](const KernelState &other) { return other.side == state.side; });
    if (last != kernel.states.crend() && last->state == state.state)
        return false;
    kernel.states.push_back(state);
    return true;
}

void Recording::addSocket(int connection, Side side, const std::optional<KernelSocket> &socket, qint64 timeUs)
{
    Kernel &kernel = m_kernel[connection];
    const auto last = std::find_if(kernel.states.crbegin(), kernel.states.crend(),
                                   [side](const KernelState &state) { return state.side == side; });
    const bool hasWaited = last != kernel.states.crend() && last->state == TcpState::TimeWait;
    // What the kernel no longer knows after TIME-WAIT is closed.
    const bool isNewState =
        (socket || hasWaited) && add(kernel, {timeUs, side, socket ? socket->state : TcpState::Closed});
    const auto before = kernel.progress;
    if (socket)
        update(kernel, side, *socket, timeUs);
    if (!isNewState && before == kernel.progress)
        return;
    emit stateAdded(connection);
    emit changed();
}

/// How far both streams have come, as an end's socket tells.
void Recording::update(Kernel &kernel, Side side, const KernelSocket &socket, qint64 timeUs)
{
    const Side other = otherEnd(side);
    Progress &sent = kernel.progress[size_t(side)].emplace(kernel.progress[size_t(side)].value_or(Progress()));
    sent.timeUs = timeUs;
    auto &received = kernel.progress[size_t(other)];
    if (!socket.path || socket.state == TcpState::Closed) { // it has delivered all, or an event tells what it has not
        sent.left = sent.acknowledged = Progress::all;
        if (received && !wasReset(kernel.states, other)) // who leaves bytes unread sends RST
            received->read = Progress::all;
        return;
    }
    sent.acknowledged = qint64(socket.path->bytesAcked) - (side == Side::Client ? 1 : 0); // SYN's
    sent.left = sent.acknowledged + qint64(socket.sendQueue) - qint64(socket.path->notSentBytes);
    if (received)
        received->read = qint64(socket.path->bytesReceived) - socket.receiveQueue;
}

const std::vector<Recording::KernelState> &Recording::statesOf(int connection) const
{
    static const std::vector<KernelState> none;
    const auto found = m_kernel.find(connection);
    return found == m_kernel.end() ? none : found->second.states;
}

std::optional<Recording::Progress> Recording::progressOf(int connection, Side sender) const
{
    const auto found = m_kernel.find(connection);
    return found == m_kernel.end() ? std::nullopt : found->second.progress[size_t(sender)];
}

#include "moc_recording.cpp"
