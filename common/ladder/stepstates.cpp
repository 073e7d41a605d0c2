// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepstates.h"

#include <algorithm>

using enum TcpState;

StepStates::StepStates(const Source &source)
    : m_end(source.end)
    , m_peer(otherEnd(source.end))
    , m_isAcknowledged(source.isFinAcknowledged)
{
    for (const Recording::KernelState &state : source.kernel)
        m_read[size_t(state.side)].push_back(state.state);
    for (const Event &event : source.events)
        take(event);
    for (size_t state = 0; state < source.kernel.size(); ++state)
        place(source, state);
    std::ranges::stable_sort(m_behindSteps, [&](const BehindStep &one, const BehindStep &other) {
        const auto rankOf = [&](const BehindStep &row) {
            return rank(source.kernel[row.state].side, source.kernel[row.state].state);
        };
        return one.step != other.step ? one.step < other.step : rankOf(one) < rankOf(other);
    });
}

bool StepStates::isRead(Side side, TcpState state) const
{
    return std::ranges::find(m_read[size_t(side)], state) != m_read[size_t(side)].end();
}

/// The kernel reported a state that begins with this end's FIN.
bool StepStates::isReadOfFin() const
{
    return isRead(m_end, FinWait1) || isRead(m_end, Closing) || isRead(m_end, LastAck);
}

void StepStates::imply(qsizetype step, Side side, TcpState state)
{
    const auto source = isRead(side, state) ? LadderState::Source::Kernel : LadderState::Source::Steps;
    m_atSteps.push_back({step, side, {state, source}});
}

void StepStates::take(const Event &event)
{
    switch (event.kind) {
    case StepKind::Connecting:
        return imply(event.step, m_end, SynSent);
    case StepKind::Connected:
        imply(event.step, Side::Client, Established);
        return imply(event.step, Side::Server, Established);
    case StepKind::FinishedSending:
    case StepKind::FinSent:
    case StepKind::Close:
        return event.isReset ? end(event) : finish(event);
    case StepKind::PeerFinished:
        return receiveFin(event.step);
    case StepKind::Reset:
        if (m_finSent && m_finReceived) // there is nothing to reset
            return;
        [[fallthrough]];
    default:
        return end(event);
    }
}

/// This end's FIN is wanted, passed to the kernel, or sent.
void StepStates::finish(const Event &event)
{
    if (event.kind == StepKind::FinishedSending && event.finWaits) {
        m_finWanted = true; // the state begins when the kernel gets it, which only the kernel can report
        return;
    }
    const bool isSeenBegin = m_finWanted && isReadOfFin();
    if (!std::exchange(m_finBegun, true) && !isSeenBegin)
        begin(event.step);
    const bool leaves = event.kind != StepKind::Close || !(event.finWaits || m_finWanted);
    if (leaves && !std::exchange(m_finSent, true))
        leave(event.step);
}

void StepStates::begin(qsizetype step)
{
    const bool hadReceivedFin =
        isRead(m_end, LastAck) && !isRead(m_end, FinWait1); // although the program did not see it
    imply(step, m_end, m_finReceived || hadReceivedFin ? LastAck : FinWait1);
}

/// The state of the other end, if FIN is known to have arrived.
void StepStates::leave(qsizetype step)
{
    if (m_finReceived) {
        m_finArrived = m_isAcknowledged || isRead(m_peer, TimeWait);
        if (m_finArrived)
            imply(step, m_peer, TimeWait);
        return;
    }
    const bool isClosing = isRead(m_peer, Closing);
    const bool closesToo =
        isClosing || isRead(m_peer, FinWait1) || isRead(m_peer, FinWait2) || isRead(m_peer, TimeWait);
    m_finArrived = m_isAcknowledged || isClosing || isRead(m_peer, CloseWait) || isRead(m_peer, LastAck);
    if (m_finArrived && (isClosing || !closesToo))
        imply(step, m_peer, isClosing ? Closing : CloseWait);
}

void StepStates::receiveFin(qsizetype step)
{
    m_finReceived = true;
    const bool isQueued = m_finBegun || (m_finWanted && (isRead(m_end, FinWait1) || isRead(m_end, Closing)));
    const bool isSimultaneous = isRead(m_end, Closing) || isRead(m_peer, FinWait1) || isRead(m_peer, Closing);
    imply(step, m_peer, m_finSent && !isSimultaneous ? LastAck : FinWait1);
    if (!m_finSent && isQueued)
        imply(step, m_end, Closing);
    else if (m_finSent)
        imply(step, m_end, isRead(m_end, Closing) ? Closing : TimeWait);
    else
        imply(step, m_end, CloseWait);
    m_finBegun |= isQueued;
}

void StepStates::end(const Event &event)
{
    switch (event.kind) {
    case StepKind::Closing: // it says how Close goes on
    case StepKind::Unread:
        return;
    default:
        break;
    }
    if (std::exchange(m_isOver, true))
        return;
    const bool isByPeer = event.kind == StepKind::ResetByPeer;
    const bool isByThisEnd = event.kind == StepKind::Reset || event.kind == StepKind::Close;
    if (isByPeer)
        imply(event.step, m_peer, Closed);
    imply(event.step, m_end, Closed);
    if (isByThisEnd)
        imply(event.step, m_peer, Closed);
}

/// No end enters a state twice, so a state that a step implies is confirmed there.
void StepStates::place(const Source &source, size_t state)
{
    const Recording::KernelState &read = source.kernel[state];
    const int own = rank(read.side, read.state);
    qsizetype minStep = -1;
    qsizetype maxStep = std::numeric_limits<qsizetype>::max();
    for (const AtStep &at : m_atSteps) {
        if (at.side == read.side && at.state.state == read.state)
            return;
        const int other = rank(at.side, at.state.state);
        if (other < own)
            minStep = at.step;
        else if (other > own)
            maxStep = std::min(maxStep, source.stepBefore(at.step));
    }
    m_behindSteps.push_back({std::max(minStep, std::min(maxStep, source.lastStepUntil(read.timeUs))), state});
}

/// The order of the states of both ends: no state begins before those of lower rank that the connection passes through.
int StepStates::rank(Side side, TcpState state) const
{
    switch (state) {
    case Listen:
        return 0;
    case SynSent:
        return 1;
    case SynReceived:
        return 2;
    case Established:
        return 3;
    case FinWait1:
        return 4;
    case CloseWait:
        return 5;
    case FinWait2:
        return 6;
    case LastAck:
    case Closing:
        return 7;
    case TimeWait:
        return 8;
    case Closed:
        break;
    }
    const auto closedFirst = [](TcpState known) {
        return known == FinWait1 || known == FinWait2 || known == Closing || known == TimeWait;
    };
    const bool isLast =
        std::ranges::any_of(m_read[size_t(side)], closedFirst) || std::ranges::any_of(m_atSteps, [&](const AtStep &at) {
            return at.side == side && closedFirst(at.state.state);
        });
    return isLast ? 10 : 9;
}
