// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "handshakeroundtrip.h"

void HandshakeRoundTrip::append(const FlowSegment &segment, const SegmentOptions &options)
{
    const bool isAck = segment.has(Segment::Ack);
    if (!segment.has(Segment::Syn)) {
        if (!isAck || !m_isAnswered || m_wiresharkUs || segment.timeUs <= m_syn->us)
            return;
        m_wiresharkUs = segment.timeUs - m_syn->us;
        const auto ackUs = answerUs(*m_synAck, segment, options);
        if (m_synAckUs && ackUs)
            m_us = *m_synAckUs + *ackUs;
    } else if (!isAck) {
        m_syn = next(m_syn, segment, options);
        m_isAnswered = false;
    } else if (m_syn) {
        if (!m_isAnswered)
            m_synAckUs = answerUs(*m_syn, segment, options);
        m_synAck = next(m_synAck, segment, options);
        m_isAnswered = true;
    }
}

HandshakeRoundTrip::Question HandshakeRoundTrip::next(const std::optional<Question> &before, const FlowSegment &segment,
                                                      const SegmentOptions &options)
{
    Question question{.us = segment.timeUs, .isRepeated = before.has_value()};
    if (options.hasTimestamp)
        question.timestamp = options.timestamp;
    return question;
}

/// Nothing: it may answer an earlier copy.
std::optional<qint64> HandshakeRoundTrip::answerUs(const Question &question, const FlowSegment &answer,
                                                   const SegmentOptions &options)
{
    const bool isSure =
        question.timestamp && options.hasTimestamp ? options.echo == *question.timestamp : !question.isRepeated;
    return isSure ? std::optional(answer.timeUs - question.us) : std::nullopt;
}
