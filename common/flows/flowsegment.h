// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

#include "packets/tcpstate.h"
#include "steps/step.h"

#include <deque>

/// One segment of a flow, or an ICMP error about one: a row. A plain value of 72 bytes. What it omits (options, urgent
/// pointer) is in the Segment with the same frame, or in Flow::error().
///
/// An error has no flags and carries nothing. Its sender is the end that the segment was sent to, even if a router
/// reports it; offset and sequence are those of the segment that it is about, in the stream of its receiver.
///
/// Numbers are 64-bit positions in the stream of their sender, so they never wrap: 0 is the first byte after the SYN,
/// the SYN itself is at -1, and a FIN is at the position after the last byte. If no SYN was seen
/// (Flow::isOriginKnown()), 0 is the first number seen of that stream, whether sent or acknowledged, and earlier
/// positions are negative.
struct FlowSegment {
    /// Special properties of a segment; several may apply.
    enum Note : quint32 {
        /// Some of its bytes, its SYN or its FIN were captured before, or must have been sent before (see
        /// RetransmissionInference).
        Retransmission = 0x001,
        OutOfOrder = 0x002,              ///< was overtaken, by later parts of the stream or by its own copy
        PreviousMissing = 0x004,         ///< leaves a gap: the part before it was not captured (yet)
        KeepAlive = 0x008,               ///< requests an acknowledgement with a number that was already acknowledged
        KeepAliveAck = 0x010,            ///< answers KeepAlive or ZeroWindowProbe
        ZeroWindow = 0x020,              ///< its sender cannot accept more bytes
        ZeroWindowProbe = 0x040,         ///< asks whether the other end's window is still zero
        WindowUpdate = 0x080,            ///< only the window is new
        DuplicateAck = 0x100,            ///< nothing is new, while the other end has unacknowledged bytes
        TimeWaitAck = 0x200,             ///< TIME-WAIT acknowledges a repeated FIN again
        Lost = 0x400,                    ///< did not arrive, as later rows show (see LossInference)
        FastRetransmission = 0x800,      ///< with Retransmission: duplicate ACKs requested it
        SpuriousRetransmission = 0x1000, ///< with Retransmission: all of it was acknowledged before
        UnlikeWireshark = 0x2000,        ///< with Retransmission or OutOfOrder: Wireshark calls it something else
        IgnoredReset = 0x4000,           ///< a RST that its receiver does not accept (see ResetInference)
        /// Its numbers belong to another connection between the same addresses and ports: its receiver, or its sender,
        /// is in SYN-SENT and cannot have such numbers (RFC 9293, section 3.10.7.3).
        Stray = 0x8000,
        Icmp = 0x10000,           ///< not a segment, but an ICMP error about one
        IgnoredError = 0x20000,   ///< with Icmp: it is not about a segment in flight (see ErrorInference)
        RefusedByError = 0x40000, ///< with Icmp: its receiver gave up the attempt to connect
        TooBig = 0x80000,         ///< with Retransmission: an ICMP error requested smaller segments
    };

    qint64 timeUs = 0;           ///< as in Segment
    qint64 offset = 0;           ///< position of the first payload byte, or of the next byte if there is no payload
    qint64 acknowledged = 0;     ///< the first unacknowledged position of the other end's stream; only with Ack
    qint64 payloadAt = -1;       ///< as in Segment
    quint32 length = 0;          ///< payload, in bytes
    quint32 capturedLength = 0;  ///< of the payload, in the capture
    quint32 newBytes = 0;        ///< payload bytes that no earlier row carried
    quint32 sequence = 0;        ///< as in the header
    quint32 acknowledgement = 0; ///< as in the header; only with Ack
    quint32 frame = 0;           ///< as in Segment
    quint16 flags = 0;           ///< a combination of Segment::Flag
    quint16 window = 0;          ///< as in the header, unscaled
    quint32 notes = 0;           ///< a combination of Note
    Side sender = Side::Client;
    TcpState senderState = TcpState::Closed;   ///< after the segment has left: at the tail of its arrow
    TcpState receiverState = TcpState::Closed; ///< after it has arrived: at the head of its arrow
    quint8 payloadFile = 0;                    ///< as in Segment

    bool has(Segment::Flag flag) const { return (flags & flag) != 0; }
    bool has(Note note) const { return (notes & note) != 0; }
    qint64 start() const { return offset - (has(Segment::Syn) ? 1 : 0); }        ///< the SYN's position, if it has one
    qint64 end() const { return offset + length + (has(Segment::Fin) ? 1 : 0); } ///< the position after it
};

/// The rows of a flow. Appending does not move existing rows.
using FlowRows = std::deque<FlowSegment>;
