// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"

#include <QLatin1StringView>

#include <vector>

/// A line that stands before a row of the Wire tab.
struct Heading {
    qsizetype row = 0;
    QLatin1StringView text; ///< "# The TCP four-way wave"; protocol text, not translated
    bool isFinal = false;   ///< no later segment changes it
    bool operator==(const Heading &) const = default;
};

/// The headings of tcpdump's page of one flow: opening, data, closing. Takes the rows one by one and looks at each
/// once. A part of a Flow.
///
/// - The opening is a three-way handshake until something else is seen, or the capture has ended without. A flow that
///   begins with anything but SYN gets "# The capture begins after the handshake", at the same row as what comes next.
/// - New bytes outside of SYN and FIN start the data, even with the handshake's ACK. Segments without bytes that come
///   before any data stay with what was before.
/// - The first FIN starts the closing, even with bytes. Until the other end's FIN, new bytes of the other end in a
///   segment without FIN start "one way"; the second FIN ends that with "second half".
/// - A RST that counts (StateInference) is an answer to SYN: "refused". Between the two FINs it cuts off the wave.
///   After one-way data, or before any FIN, it gets a heading. After both FINs it is an epilogue and changes nothing.
class Headings
{
public:
    /// row is the next of the flow, with notes and states.
    void append(qsizetype row, const FlowSegment &segment);
    /// The capture is over: what is undecided is unanswered or unfinished. False takes that back.
    void setEnded(bool ended);

    const std::vector<Heading> &list() const { return m_list; }

private:
    enum class Opening : quint8 { Unanswered, Answered, Decided };
    enum class Closing : quint8 { None, FirstFin, FirstFinAcked, OneWay, Decided };

    void open(qsizetype row, const FlowSegment &segment);
    void close(qsizetype row, const FlowSegment &segment);
    void reset(qsizetype row, const FlowSegment &segment);
    void secondFin(qsizetype row, const FlowSegment &segment);
    void add(qsizetype row, QLatin1StringView text, bool isFinal = true);
    void decideOpening(QLatin1StringView text);
    void decideClosing(QLatin1StringView text);

    std::vector<Heading> m_list;
    Opening m_opening = Opening::Unanswered;
    Closing m_closing = Closing::None;
    bool m_hasData = false;
    Side m_opener = Side::Client; ///< who sent the first segment
    Side m_closer = Side::Client; ///< who sent the first FIN
    qint64 m_finEnd = 0;          ///< behind the first FIN
    qint64 m_finAcknowledges = 0; ///< the other end's stream, by the first FIN
    size_t m_closingHeading = 0;  ///< in m_list
};
