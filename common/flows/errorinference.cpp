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
    m_errors.emplace(qsizetype(rows.size()) - 1, error);
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
        noteTooBig(rows, stream);
        return false;
    }
    if (state != TcpState::SynSent || added.offset >= 0)
        return false;
    m_refusals[1 - size_t(added.sender)] = qsizetype(rows.size()) - 1;
    return true;
}

/// The newest of the rows is an error about a segment that was too big.
void ErrorInference::noteTooBig(const FlowRows &rows, const SentStream &stream)
{
    const qint64 from = rows.back().offset;
    const std::vector<qsizetype> sent = stream.rowsOf(rows, from, from + 1);
    if (sent.empty())
        return;
    const FlowSegment &about = rows[size_t(sent.back())];
    TooBig &tooBig = m_tooBig[size_t(about.sender)];
    if (from < tooBig.from || from > tooBig.to)
        tooBig.from = from;
    tooBig.to = std::max(from + about.length, tooBig.from < from ? tooBig.to : from);
    tooBig.length = about.length;
}

bool ErrorInference::requested(const FlowSegment &again) const
{
    const TooBig &tooBig = m_tooBig[size_t(again.sender)];
    return again.offset >= tooBig.from && again.offset < tooBig.to && again.length > 0 && again.length < tooBig.length;
}

const IcmpError *ErrorInference::at(qsizetype row) const
{
    const auto found = m_errors.find(row);
    return found == m_errors.end() ? nullptr : &found->second;
}

void ErrorInference::swapEnds()
{
    std::swap(m_tooBig[0], m_tooBig[1]);
    std::swap(m_refusals[0], m_refusals[1]);
}
