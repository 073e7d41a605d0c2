// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "segmentoptions.h"

#include <optional>

/// How long a round trip takes, in µs, as the handshake shows it at any place between both ends. A part of a Flow.
///
/// The time that the SYN-ACK took to answer the SYN, and the ACK to answer the SYN-ACK. If one of them was sent again,
/// only timestamps tell which copy was answered (Karn's algorithm, RFC 6298, section 3; RFC 7323, section 4).
class HandshakeRoundTrip
{
public:
    void append(const FlowSegment &segment, const SegmentOptions &options);

    qint64 us() const { return m_us.value_or(defaultUs); } ///< 3 ms if the handshake does not show it
    /// From the newest SYN to the first ACK after its SYN-ACK, whichever copies they answer; 3 ms without a handshake.
    qint64 wiresharkUs() const { return m_wiresharkUs.value_or(defaultUs); }

private:
    static constexpr qint64 defaultUs = 3000; ///< as in Wireshark

    /// A SYN or a SYN-ACK.
    struct Question {
        qint64 us = 0;
        std::optional<quint32> timestamp;
        bool isRepeated = false;
    };

    static Question next(const std::optional<Question> &before, const FlowSegment &segment,
                         const SegmentOptions &options);
    static std::optional<qint64> answerUs(const Question &question, const FlowSegment &answer,
                                          const SegmentOptions &options);

    std::optional<Question> m_syn;    ///< the newest
    std::optional<Question> m_synAck; ///< the newest
    std::optional<qint64> m_synAckUs; ///< that the first SYN-ACK took to answer the newest SYN
    bool m_isAnswered = false;        ///< the newest SYN
    std::optional<qint64> m_us;
    std::optional<qint64> m_wiresharkUs;
};
