// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/tcpstate.h"
#include "steps/step.h"

#include <QStringList>

#include <array>
#include <vector>

/// A state of one end, and how it is known.
struct LadderState {
    enum class Source : quint8 {
        Unknown,
        Steps,    ///< inferred from what an end did
        Segments, ///< inferred from what was captured
        Kernel,   ///< read from the kernel
    };

    TcpState state = TcpState::Closed;
    Source source = Source::Unknown;
    int leftS = -1; ///< of TIME-WAIT, where it begins: seconds until the kernel ends it; -1: not known
    bool operator==(const LadderState &other) const { return state == other.state && source == other.source; }
};

/// A step, or an event, beside a row.
struct LadderStep {
    Side side = Side::Client;
    qsizetype step = -1;     ///< its index in the Recording; of an inferred one that of the step it belongs to, or -1
    bool isInferred = false; ///< of the end whose own steps are not known
    bool isEvent = false;
    bool isRest = false; ///< the step stands at another row; this one carried some of it too
    QString text;        ///< "[1] Send: Hi, server! I'm client."
};

/// One row of the ladder, with all that is drawn of it. A plain value, made when it is asked for.
struct LadderRow {
    enum class Kind : quint8 {
        Segment, ///< an arrow that was captured
        Guess,   ///< an arrow that was not captured: a step of one end tells of it
        Note,    ///< no arrow: a step, an event or a state that no segment carried
    };
    /// What became of what the arrow stands for.
    enum class Arrival : quint8 {
        Arrived, ///< or nothing tells that it did not
        Awaited, ///< it has left, and is not acknowledged (yet)
        Lost,    ///< it did not arrive
    };
    static constexpr int mostSteps = 3; ///< of each end

    Kind kind = Kind::Note;
    qsizetype segment = -1;     ///< the row of the flow, of Segment
    qint64 timeUs = 0;          ///< since 1970-01-01T00:00:00Z
    qint64 gapUs = 0;           ///< so much time passed since the row before; 0: not worth showing
    QStringList headings;       ///< phases that begin here, without the leading "# "
    Side sender = Side::Client; ///< where the arrow starts; of a Note, whose it is
    quint16 flags = 0;          ///< of Segment::Flag; of a Guess those that are certain
    Arrival arrival = Arrival::Arrived;
    bool crossesPrevious = false; ///< this arrow and the one of the row before are known to have crossed
    bool carriesBytes = false;
    std::array<QString, 4> labels; ///< the same from long to short
    QString notes;                 ///< "retransmission, zero window"
    std::vector<LadderStep> steps;
    std::array<int, 2> hiddenSteps{};  ///< by Side: more than mostSteps
    std::array<LadderState, 2> before; ///< by Side: at the top of the row
    LadderState tail;                  ///< of the sender, once it has sent
    LadderState head;                  ///< of the receiver, once it has received; as before if nothing has arrived

    bool hasArrow() const { return kind != Kind::Note; }
    Side receiver() const { return otherEnd(sender); }
};
