// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"

#include "packets/tcpstate.h"
#include "steps/step.h"

#include <deque>

/// One segment of a flow: a row. A plain value of 56 bytes; what it leaves out (options, urgent pointer) is in the
/// Segment with the same frame.
///
/// Numbers are positions in the stream of their sender, 64 bits wide, so that they never wrap: 0 is the first byte
/// after SYN, SYN itself is at -1, FIN where the byte after the last would be. Where no SYN was seen
/// (Flow::isOriginKnown()), 0 is the first number seen of that stream, be it sent or acknowledged, and positions before
/// it are negative.
struct FlowSegment {
    /// What is remarkable about a segment; several may apply.
    enum Note : quint16 {
        Retransmission = 0x001,  ///< some of its bytes, its SYN or its FIN were captured before
        OutOfOrder = 0x002,      ///< fills a gap that a later part of the stream had left
        PreviousMissing = 0x004, ///< leaves a gap: what comes before it was not captured (yet)
        KeepAlive = 0x008,       ///< asks for an acknowledgement with a number that was acknowledged already
        KeepAliveAck = 0x010,    ///< answers KeepAlive or ZeroWindowProbe
        ZeroWindow = 0x020,      ///< its sender cannot take any more bytes
        ZeroWindowProbe = 0x040, ///< asks whether the other end's window is still zero
        WindowUpdate = 0x080,    ///< only the window is new
        DuplicateAck = 0x100,    ///< nothing is new, while the other end has bytes that are not acknowledged
        TimeWaitAck = 0x200,     ///< TIME-WAIT acknowledges a repeated FIN again
        Lost = 0x400,            ///< did not arrive, as later rows show (LossInference)
    };

    qint64 timeUs = 0;       ///< as in Segment
    qint64 offset = 0;       ///< of the first payload byte; without payload, of where the next one would stand
    qint64 acknowledged = 0; ///< the first position of the other end's stream that is not acknowledged; with Ack only
    quint32 length = 0;      ///< of the payload, in bytes
    quint32 newBytes = 0;    ///< of them, those that no row before carried
    quint32 sequence = 0;    ///< as in the header
    quint32 acknowledgement = 0; ///< as in the header; with Ack only
    quint32 frame = 0;           ///< as in Segment
    quint16 flags = 0;           ///< of Segment::Flag
    quint16 window = 0;          ///< as it stands in the header
    quint16 notes = 0;           ///< of Note
    Side sender = Side::Client;
    TcpState senderState = TcpState::Closed;   ///< once the segment has left: at the tail of its arrow
    TcpState receiverState = TcpState::Closed; ///< once it has arrived: at the head of its arrow

    bool has(Segment::Flag flag) const { return (flags & flag) != 0; }
    bool has(Note note) const { return (notes & note) != 0; }
    qint64 start() const { return offset - (has(Segment::Syn) ? 1 : 0); }        ///< its SYN's position, if it has one
    qint64 end() const { return offset + length + (has(Segment::Fin) ? 1 : 0); } ///< the position behind it
};

/// The rows of a flow. Growing moves none of them.
using FlowRows = std::deque<FlowSegment>;
