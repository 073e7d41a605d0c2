// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"
#include "sentstream.h"

#include <QSharedData>

#include <array>
#include <map>

/// What ICMP errors mean for the connection that they are about. A part of a Flow; keeps the errors, which are rare.
///
/// - An error counts only if the number in it is that of a segment in flight: at least the last acknowledged number, at
///   most the next new one (RFC 5927, section 4.1, excludes the next one; Linux accepts it, as a segment without bytes
///   has it). Any other error is late or forged, and is ignored.
/// - In SYN-SENT, an error ends the attempt to connect. RFC 1122, section 4.2.3.9, wants that only of some, but Linux
///   and others give up after nearly any (RFC 5461, section 4; IcmpError::mayEndAttempt()). If the end goes on, the
///   error was a soft one, after all.
/// - In any other state, an error changes nothing: it is a soft one (RFC 5461, section 2.2).
/// - After "fragmentation needed" or "packet too big", what was in flight is sent again in smaller segments (RFC 1191,
///   section 6.5; RFC 8201, section 5.4).
class ErrorInference
{
public:
    /// Takes the newest of the rows, an error about a segment of that stream, and sets its place and notes. state: of
    /// the end that the error goes to. Returns whether the error ends the attempt to connect.
    bool append(FlowRows &rows, const IcmpError &error, const SentStream &stream, TcpState state);
    /// Whether a segment is sent again because of an error that said that it was too big.
    bool requested(const FlowSegment &again) const;
    const IcmpError *at(qsizetype row) const; ///< null: that row is a segment
    qsizetype count() const { return m_known ? qsizetype(m_known->errors.size()) : 0; }
    /// The newest error that ended, or may have ended, an attempt of that end to connect, or -1.
    qsizetype refusal(Side receiver) const { return m_known ? m_known->refusals[size_t(receiver)] : -1; }
    void swapEnds();

private:
    /// The positions that have to be sent again: from ≤ p < to, because a segment of that length was too long.
    struct TooBig {
        qint64 from = 0;
        qint64 to = 0;
        quint32 length = 0;
    };

    /// Most flows have no error.
    struct Known : QSharedData {
        std::map<qsizetype, IcmpError> errors;     ///< by row
        std::array<TooBig, 2> tooBig;              ///< by the Side that sends them
        std::array<qsizetype, 2> refusals{-1, -1}; ///< by the Side that received them
    };

    static void noteTooBig(const FlowRows &rows, const SentStream &stream, Known &known);

    QSharedDataPointer<Known> m_known; ///< null: no error
};
