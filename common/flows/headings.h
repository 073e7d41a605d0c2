// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "reseteffect.h"

#include <QLatin1StringView>

#include <vector>

/// A heading in front of a row of the Wire tab.
struct Heading {
    qsizetype row = 0;
    QLatin1StringView text; ///< "# The TCP four-way wave"; protocol text, not translated
    /// Later segments cannot change it, unless they show that a RST or an ICMP error was ignored.
    bool isFinal = false;
    bool operator==(const Heading &) const = default;
};

/// The headings of tcpdump's page of one flow: opening, data, closing. Takes the rows one by one, and looks at each
/// once. A part of a Flow.
///
/// - The opening counts as a three-way handshake until the segments show something else, or the capture ends first. A
///   flow that begins with anything but a SYN gets "# The capture begins after the handshake", at the same row as the
///   next heading.
/// - New bytes outside of SYN and FIN start the data, even with the handshake's ACK. Segments without bytes before
///   any data belong to the opening.
/// - The first FIN starts the closing, even if it carries bytes. If its acknowledgement has a number behind the second
///   one, which is captured only later, the close is simultaneous. Until the other end's FIN, new bytes from the other
///   end in a segment without FIN start "one way". The second FIN then starts "second half".
/// - A RST that counts (see ResetInference) and answers a SYN means "refused". Between the two FINs it cuts off the
///   wave. After one-way data, or before any FIN, it gets its own heading. After both FINs it changes nothing. A RST
///   that is ignored has no heading.
/// - An ICMP error about a SYN means "refused (ICMP …)", unless an answer comes later.
/// - If an end tries to connect again after a RST that counts, the headings begin anew at its SYN.
class Headings
{
public:
    /// Takes the next row of the flow, with its notes and states, and what it did if it is a RST.
    void append(qsizetype row, const FlowSegment &segment, const ResetEffect &effect);
    void swapEnds();
    /// The same for a row that is an ICMP error.
    void appendError(qsizetype row, const FlowSegment &segment, const IcmpError &error);
    /// The capture has ended: anything undecided is unanswered or unfinished. False undoes this.
    void setEnded(bool ended);

    const std::vector<Heading> &list() const { return m_list; }

private:
    enum class Opening : quint8 { Unanswered, Answered, Decided };
    enum class Closing : quint8 { None, FirstFin, FirstFinAcked, OneWay, Decided };

    void begin(qsizetype row, const FlowSegment &segment);
    void showOpening(QLatin1StringView text, bool isFinal);
    QLatin1StringView unanswered() const;
    void open(const FlowSegment &segment);
    void close(qsizetype row, const FlowSegment &segment);
    void reset(qsizetype row, const FlowSegment &segment, const ResetEffect &effect);
    void secondFin(qsizetype row, const FlowSegment &segment);
    void add(qsizetype row, QLatin1StringView text, bool isFinal = true);
    void decideOpening(QLatin1StringView text);
    void decideClosing(QLatin1StringView text);

    std::vector<Heading> m_list;
    Opening m_opening = Opening::Unanswered;
    Closing m_closing = Closing::None;
    bool m_hasBegun = false;            ///< with a segment
    QLatin1StringView m_refusedByError; ///< the heading of an opening that is not answered; empty: without an error
    bool m_hasData = false;
    bool m_wasReset = false;      ///< by a RST that counts
    Side m_opener = Side::Client; ///< the sender of the opening's first segment
    Side m_closer = Side::Client; ///< the sender of the first FIN
    qint64 m_finEnd = 0;          ///< the position after the first FIN
    qint64 m_finAckedFrom = 0;    ///< the offset of the segment that acknowledged it
    bool m_isFinRepeated = false; ///< before that
    qint64 m_finAcknowledges = 0; ///< what the first FIN acknowledges of the other end's stream
    size_t m_openingHeading = 0;  ///< index in m_list
    size_t m_closingHeading = 0;  ///< index in m_list
};
