// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "errorinference.h"

namespace {

/// Whether the position may be that of a segment in flight.
bool isInFlight(const SentStream &stream, qint64 position)
{
    if (position > stream.end())
        return false;
    if (stream.acknowledged() != SentStream::nothing)
        return position >= stream.acknowledged();
    // If the capture begins in the middle of a connection, the segment may have left before.
    return !stream.isOriginKnown() || position >= -1;
}

} // namespace

bool ErrorInference::append(FlowRows &rows, const IcmpError &error, const SentStream &stream, TcpState state)
{
    FlowSegment &added = rows.back();
    if (!m_known)
        m_known = new Known;
    m_known->errors.emplace(qsizetype(rows.size()) - 1, error);
    added.notes = FlowSegment::Icmp;
    added.sequence = error.sequence;
    added.offset = stream.position(error.sequence);
    if (!stream.hasNumber())
        return false;
    if (!isInFlight(stream, added.offset)) {
        added.notes |= FlowSegment::IgnoredError;
        return false;
    }
    if (error.kind == IcmpError::Kind::TooBig) {
        noteTooBig(rows, stream, *m_known);
        return false;
    }
    if (!error.mayEndAttempt() || state != TcpState::SynSent || added.offset >= 0)
        return false;
    m_known->refusals[1 - size_t(added.sender)] = qsizetype(rows.size()) - 1;
    return true;
}

/// The newest of the rows is an error about a segment that was too big.
void ErrorInference::noteTooBig(const FlowRows &rows, const SentStream &stream, Known &known)
{
    const qint64 from = rows.back().offset;
    const std::vector<qsizetype> sent = stream.rowsOf(rows, from, from + 1);
    if (sent.empty())
        return;
    const FlowSegment &about = rows[size_t(sent.back())];
    TooBig &tooBig = known.tooBig[size_t(about.sender)];
    if (from < tooBig.from || from > tooBig.to)
        tooBig.from = from;
    tooBig.to = std::max(from + about.length, tooBig.from < from ? tooBig.to : from);
    tooBig.length = about.length;
}

bool ErrorInference::requested(const FlowSegment &again) const
{
    if (!m_known)
        return false;
    const TooBig &tooBig = m_known->tooBig[size_t(again.sender)];
    return again.offset >= tooBig.from && again.offset < tooBig.to && again.length > 0 && again.length < tooBig.length;
}

const IcmpError *ErrorInference::at(qsizetype row) const
{
    if (!m_known)
        return nullptr;
    const auto found = m_known->errors.find(row);
    return found == m_known->errors.end() ? nullptr : &found->second;
}

void ErrorInference::swapEnds()
{
    if (!m_known)
        return;
    std::swap(m_known->tooBig[0], m_known->tooBig[1]);
    std::swap(m_known->refusals[0], m_known->refusals[1]);
}
