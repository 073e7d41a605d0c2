// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderguess.h"

#include "laddermodel.h"
#include "steps/stepnumber.h"
#include "steps/steptext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct LadderGuessStrings {
    Q_DECLARE_TR_FUNCTIONS(LadderGuess)
};

/// The number of messages that this end had counted before the row's step. Looks only a few rows back.
int messagesBefore(const LadderModel &model, LadderIndex row)
{
    constexpr int maxRows = 32;
    for (qsizetype i = row.value() - 1; i >= 0 && i >= row.value() - maxRows; --i) {
        const StepRow index = model.itemAt(LadderIndex(i)).step;
        if (!index.isValid())
            continue;
        const Step step = model.recording().step(index.value());
        if (step.isMessage())
            return StepNumber::messageOf(step.number);
    }
    return 0;
}

void setGuess(LadderRow &row, Side sender, quint16 flags, const QString &label)
{
    row.kind = LadderRow::Kind::Guess;
    row.sender = sender;
    row.flags = flags;
    row.labels.fill(label);
}

/// This end's FIN, if it may have been sent.
void guessFin(LadderRow &row, const LadderModel &model, const Step &step)
{
    const auto arrival = model.arrivalOfFin(step.side, step.time.wallUs);
    if (!arrival)
        return;
    setGuess(row, step.side, Segment::Fin, u"FIN"_s);
    row.arrival = *arrival;
}

void guessReset(LadderRow &row, const LadderModel &model, const Step &step)
{
    if (!model.isCaptured(step.time.wallUs))
        setGuess(row, step.side, Segment::Rst, u"RST"_s);
}

void guessClose(LadderRow &row, const LadderModel &model, StepRow index, const Step &step)
{
    const StepIndex::Event *behind = model.eventBehind(index);
    if (behind && behind->kind == StepKind::Unread)
        guessReset(row, model, step);
    else if (!model.hasEvent(StepKind::FinishedSending, index) && !(behind && behind->kind == StepKind::Closing))
        guessFin(row, model, step);
}

/// A message in the kernel: it may have been sent, received and read.
void guessSend(LadderRow &row, const LadderModel &model, StepRow index, const Step &step)
{
    const qint64 end = step.offset + step.bytes;
    const auto arrival = model.arrivalOf(step.side, step.offset, end, step.time.wallUs);
    if (!arrival)
        return;
    setGuess(row, step.side, 0, StepText::size(step.bytes));
    row.arrival = *arrival;
    if (*arrival == LadderRow::Arrival::Arrived && model.isRead(step.side, end))
        row.addStep(LadderStep::inferred(otherEnd(step.side), StepKind::Recv,
                                         StepNumber::ofReceive(StepNumber::messageOf(step.number)), index, step));
}

/// A SYN of this end. Any answer shows that it arrived.
void guessSyn(LadderRow &row, const LadderModel &model, const Step &step)
{
    if (model.flow() || step.local.isEmpty())
        return;
    setGuess(row, step.side, Segment::Syn, u"SYN"_s);
    const bool isAnswered = model.hasEvent(StepKind::Refused) || model.hasEvent(StepKind::ResetByPeer);
    row.arrival = isAnswered ? LadderRow::Arrival::Arrived : LadderRow::Arrival::Awaited;
}

} // namespace

void LadderGuess::addArrow(LadderRow &row, const LadderModel &model, LadderIndex at, StepRow index, const Step &step)
{
    const Side peer = otherEnd(step.side);
    const auto closing = [&](StepKind kind) {
        const int number = StepNumber::ofClose(messagesBefore(model, at), !model.hasSentFin(index));
        row.addStep(LadderStep::inferred(peer, kind, number, {}, {}));
    };
    switch (step.kind) {
    case StepKind::Send:
        guessSend(row, model, index, step);
        break;
    case StepKind::Recv:
        setGuess(row, peer, 0, StepText::size(step.bytes));
        row.addStep(LadderStep::inferred(peer, StepKind::Send, StepNumber::ofSend(StepNumber::messageOf(step.number)),
                                         index, step));
        break;
    case StepKind::Connecting:
        guessSyn(row, model, step);
        break;
    case StepKind::Connected:
        if (!model.flow())
            setGuess(row, Side::Client, 0, LadderGuessStrings::tr("connection opened"));
        break;
    case StepKind::Refused:
        if (!model.flow())
            setGuess(row, peer, Segment::Rst, u"RST"_s);
        break;
    case StepKind::Close:
        guessClose(row, model, index, step);
        break;
    case StepKind::FinishedSending:
        if (step.bytes < 0)
            guessFin(row, model, step);
        break;
    case StepKind::FinSent:
        guessFin(row, model, step);
        break;
    case StepKind::Reset:
        if (!(model.hasSentFin(index) && model.hasEvent(StepKind::PeerFinished, index)))
            guessReset(row, model, step);
        break;
    case StepKind::PeerFinished:
        setGuess(row, peer, Segment::Fin, u"FIN"_s);
        closing(StepKind::Close);
        break;
    case StepKind::ResetByPeer:
        setGuess(row, peer, Segment::Rst, u"RST"_s);
        closing(StepKind::Reset);
        break;
    default:
        break;
    }
    row.carriesBytes = step.isMessage();
    if (row.arrival == LadderRow::Arrival::Awaited)
        row.notes = LadderGuessStrings::tr("not acknowledged");
}
