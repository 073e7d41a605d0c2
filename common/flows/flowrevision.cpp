// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a RST or an ICMP error did, and how later segments change the answer.

#include "flow.h"

#include <algorithm>
#include <tuple>

/// What the newest row shows. isReset: it is a RST that may have closed an end.
StateInference::Facts Flow::judge(bool &isReset)
{
    const FlowSegment &newest = m_rows.back();
    StateInference::Facts facts = StateInference::factsOf(newest, m_streams);
    if (!newest.has(Segment::Rst))
        return facts;
    const auto sender = size_t(newest.sender);
    const auto verdict = m_resetInference.judge(
        m_rows, {state(newest.sender), state(otherEnd(newest.sender)), m_streams[sender], m_streams[1 - sender]});
    isReset = verdict != ResetInference::Verdict::Foreign;
    facts.reset.closesSender = facts.reset.closesReceiver = verdict == ResetInference::Verdict::Counts;
    return facts;
}

/// Keeps what the newest row shows for as long as it may be judged again. isError: it is an ICMP error.
void Flow::remember(const StateInference::Facts &facts, bool isReset, bool isError)
{
    if (isReset && (!m_revision || m_revision->rows.size() > Revision::maxRowsBeforeReset))
        m_revision.emplace(Revision{count() - 1, m_states, m_headings, m_resets, {}});
    if (m_revision) // an error closes only its receiver
        m_revision->rows.push_back({.facts = facts, .isReset = isReset, .isSenderAlive = isError});
    if (m_revision && m_revision->rows.size() > Revision::maxRows)
        m_revision.reset();
}

/// Infers states and headings of a row. Returns the first row that changed.
qsizetype Flow::take(qsizetype row, const StateInference::Facts &facts)
{
    FlowSegment &segment = m_rows[size_t(row)];
    if (segment.has(Segment::Rst)) {
        const bool isIgnored = facts.reset.isIgnored();
        segment.notes =
            isIgnored ? segment.notes | FlowSegment::IgnoredReset : segment.notes & ~quint32(FlowSegment::IgnoredReset);
        qsizetype &first = m_resets[size_t(segment.sender)];
        if (!isIgnored && first < 0)
            first = row;
    }
    const IcmpError *error = m_errors.at(row);
    if (error && facts.reset.closesReceiver)
        segment.notes |= FlowSegment::RefusedByError;
    else if (error)
        segment.notes &= ~quint32(FlowSegment::RefusedByError);
    const qsizetype changedFrom = m_states.append(m_rows, row, facts);
    if (segment.has(FlowSegment::Lost))
        LossInference::leaveReceiver(m_rows, row);
    error ? m_headings.appendError(row, segment, *error) : m_headings.append(row, segment, facts.reset);
    return changedFrom;
}

/// Whether that end gave up its attempt to connect because of an ICMP error.
bool Flow::isRefusedByError(Side side) const
{
    if (!m_revision || !isReset(side))
        return false;
    for (size_t i = 0; i < m_revision->rows.size(); ++i) {
        const FlowSegment &row = m_rows[size_t(m_revision->first) + i];
        if (row.sender != side && row.has(FlowSegment::RefusedByError))
            return true;
    }
    return false;
}

/// An end sends anything but RST, so earlier RSTs and errors have not closed it. Returns the first row that changed.
qsizetype Flow::goOn(Side side, const Segment &segment)
{
    if (!m_revision)
        return count();
    const bool isSyn = segment.has(Segment::Syn) && !segment.has(Segment::Ack);
    if (isSyn && isReset(side) && !isRefusedByError(side)) { // tries to connect again
        m_revision.reset();
        return count();
    }
    const qint64 end =
        m_streams[size_t(side)].position(segment.sequence) + segment.length + (segment.has(Segment::Fin) ? 1 : 0);
    // Otherwise it may be a segment that the RST has overtaken.
    const auto isLater = [&](const FlowSegment &reset) {
        return segment.timeUs - reset.timeUs >= m_retransmissions.roundTripUs();
    };
    bool hasChanged = false;
    bool isSettled = true;
    for (size_t i = 0; i < m_revision->rows.size(); ++i) {
        Revision::Row &row = m_revision->rows[i];
        if (!row.isReset)
            continue;
        const FlowSegment &reset = m_rows[size_t(m_revision->first) + i];
        const ResetEffect before = row.facts.reset;
        ResetEffect &effect = row.facts.reset;
        if (reset.sender != side) {
            effect.closesReceiver = false;
            effect.closesSender = effect.closesSender && row.isSenderClosed;
        } else if (!effect.closesReceiver || end > reset.offset || isLater(reset)) {
            row.isSenderAlive = true;
            effect.closesSender = false;
        }
        hasChanged |= effect != before;
        isSettled &= row.isSenderAlive && !effect.closesReceiver;
    }
    const qsizetype changedFrom = hasChanged ? revise() : count();
    if (isSettled)
        m_revision.reset();
    return changedFrom;
}

/// That end sends a RST that counts. If it has sent nothing but RSTs since an earlier one, that one has closed it,
/// although the other end went on. Returns the first row that changed.
qsizetype Flow::closedBefore(Side sender)
{
    if (!m_revision)
        return count();
    bool hasChanged = false;
    for (size_t i = 0; i < m_revision->rows.size(); ++i) {
        Revision::Row &row = m_revision->rows[i];
        const bool isOwn = row.isReset && m_rows[size_t(m_revision->first) + i].sender == sender && !row.isSenderAlive;
        if (!isOwn || row.facts.reset.closesSender)
            continue;
        row.facts.reset.closesSender = row.isSenderClosed = true;
        hasChanged = true;
    }
    return hasChanged ? revise() : count();
}

/// Infers states and headings once more since the first RST that is not settled.
qsizetype Flow::revise()
{
    const auto valuesOf = [this](qsizetype row) {
        const FlowSegment &segment = at(row);
        return std::tuple(segment.senderState, segment.receiverState, segment.notes);
    };
    const std::vector<Heading> headings = m_headings.list();
    m_states = m_revision->states;
    m_headings = m_revision->headings;
    m_resets = m_revision->resets;
    qsizetype changedFrom = count();
    for (size_t i = 0; i < m_revision->rows.size(); ++i) {
        const qsizetype row = m_revision->first + qsizetype(i);
        const auto before = valuesOf(row);
        FlowSegment &segment = m_rows[size_t(row)];
        segment.senderState = state(segment.sender);
        segment.receiverState = state(otherEnd(segment.sender));
        if (m_revision->rows[i].isSound) {
            const qsizetype revisedFrom = take(row, m_revision->rows[i].facts);
            if (revisedFrom < row)
                changedFrom = qMin(changedFrom, revisedFrom);
        } else {
            m_headings.append(row, segment, {});
        }
        if (valuesOf(row) != before)
            changedFrom = qMin(changedFrom, row);
    }
    const auto [old, now] = std::ranges::mismatch(headings, m_headings.list());
    if (old != headings.end())
        changedFrom = qMin(changedFrom, old->row);
    if (now != m_headings.list().end())
        changedFrom = qMin(changedFrom, now->row);
    return changedFrom;
}
