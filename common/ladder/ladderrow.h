// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flowrow.h"
#include "packets/tcpstate.h"
#include "steps/step.h"
#include "steps/steprow.h"

#include <QStringList>

#include <array>
#include <optional>
#include <vector>

/// A row's place in a ladder.
using LadderIndex = RowNumber<struct LadderIndexTag>;

/// A state of one end, and the source of it.
struct LadderState {
    enum class Source : quint8 {
        Unknown,
        Steps,    ///< inferred from the actions of an end
        Segments, ///< inferred from what was captured
        Kernel,   ///< read from the kernel
    };

    TcpState state = TcpState::Closed;
    Source source = Source::Unknown;
    int leftS = -1; ///< where TIME-WAIT begins: seconds until the kernel ends it; -1: unknown
    bool operator==(const LadderState &other) const { return state == other.state && source == other.source; }
};

/// When a segment left one end and arrived at the other, as captures at both ends, or an emulated link, show (Transit).
struct LadderTransit {
    QString departure; ///< "21.204 ms": since the first row; empty: it was not captured
    QString arrival;   ///< empty: it did not arrive (yet), or this was not captured
    /// The last row of a segment that stands before its arrival: itself or a later one; invalid: none.
    LadderIndex arrivesAt;
    bool isDuplicate = false;          ///< the network made this copy; then there is no departure
    std::vector<LadderIndex> arriving; ///< the rows that arrive between this row and the next, in their order
};

/// A step or an event beside a row.
struct LadderStep {
    Side side = Side::Client;
    StepRow step;            ///< of an inferred step: the one that it was inferred from, if any
    bool isInferred = false; ///< of the end whose own steps are unknown
    bool isEvent = false;
    bool isRest = false; ///< the step is shown at another row; this row carried a part of it
    QString text;        ///< "[1] Send: Hi, server! I'm client."

    /// A step of an end whose own steps are unknown. step: it has the same message.
    static LadderStep inferred(Side side, StepKind kind, int number, StepRow origin, Step step);
};

/// One row of the ladder, with everything that is drawn. A plain value, made by LadderRows on request.
struct LadderRow {
    enum class Kind : quint8 {
        Segment, ///< an arrow that was captured
        Error,   ///< an ICMP error that was captured: an arrow to the end that it was sent to
        Guess,   ///< an arrow that was not captured, inferred from a step
        Note,    ///< no arrow: a step, an event or a state that no segment carried
    };
    /// The fate of the segment or bytes of an arrow.
    enum class Arrival : quint8 {
        Arrived,  ///< or there is no sign that it did not
        Awaited,  ///< sent, and not acknowledged (yet)
        Lost,     ///< it did not arrive
        NotSeen,  ///< a capture at the other end does not have it, but may have missed it
        OnItsWay, ///< the emulated link has it
        Held,     ///< likewise, and it waits there for a hand
    };
    static constexpr int maxSteps = 3;                ///< of each end
    static constexpr qsizetype shownCharacters = 200; ///< of a message

    Kind kind = Kind::Note;
    FlowRow segment;            ///< of Segment and Error
    qint64 timeUs = 0;          ///< since 1970-01-01T00:00:00Z
    qint64 gapUs = 0;           ///< the time since the row before; 0: not worth showing
    QStringList headings;       ///< of the phases that begin here, without "# "
    Side sender = Side::Client; ///< where the arrow starts; of a Note, whose it is
    quint16 flags = 0;          ///< of Segment::Flag; of a Guess only the certain ones
    Arrival arrival = Arrival::Arrived;
    bool crossesPrevious = false; ///< this arrow and that of the row before have crossed
    bool carriesBytes = false;
    bool isFromRouter = false;     ///< of Error: not the other end sent it
    std::array<QString, 4> labels; ///< the same content, from long to short
    QString notes;                 ///< "retransmission, zero window"
    QStringList explanations;      ///< of the notes, in sentences
    std::vector<LadderStep> steps;
    std::array<int, 2> hiddenSteps{};     ///< by Side: more than maxSteps
    std::array<LadderState, 2> before;    ///< by Side: at the top of the row
    LadderState tail;                     ///< of the sender, once it has sent
    std::optional<LadderTransit> transit; ///< of a Segment that captures at both ends show
    LadderState head;                     ///< of the receiver, once it has received; unchanged if nothing arrived

    void addStep(LadderStep step); ///< or counts it as hidden
    bool hasArrow() const { return kind != Kind::Note; }
    Side receiver() const { return otherEnd(sender); }
};
