// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderrows.h"

#include "laddermodel.h"
#include "laddertext.h"
#include "steps/steptext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LadderRows)
};

using Source = LadderState::Source;

Side otherEnd(Side side)
{
    return side == Side::Client ? Side::Server : Side::Client;
}

void addStep(LadderRow &row, LadderStep step)
{
    const auto isSameEnd = [&step](const LadderStep &other) { return other.side == step.side; };
    if (std::count_if(row.steps.cbegin(), row.steps.cend(), isSameEnd) < LadderRow::mostSteps)
        row.steps.push_back(std::move(step));
    else
        ++row.hiddenSteps[size_t(step.side)];
}

LadderStep ofStep(qsizetype index, const Step &step)
{
    return {.side = step.side,
            .step = index,
            .isEvent = step.isEvent(),
            .text = StepText::line(step, LadderRows::shownCharacters)};
}

LadderStep inferred(Side side, StepKind kind, int number, qsizetype origin, Step step)
{
    step.kind = kind;
    step.number = number;
    return {
        .side = side, .step = origin, .isInferred = true, .text = StepText::line(step, LadderRows::shownCharacters)};
}

/// The segment where a step stands: Send where its first byte left, Recv where its last one came, others where they are.
qsizetype homeOf(const Flow &flow, const Step &step, qsizetype segment)
{
    if (!step.isMessage() || step.bytes <= 0)
        return segment;
    const bool isSend = step.kind == StepKind::Send;
    const Side sender = isSend ? step.side : otherEnd(step.side);
    const qsizetype home = flow.firstRowOf(sender, isSend ? step.offset : step.offset + step.bytes - 1);
    return home < 0 ? segment : home;
}

bool isToldByArrow(StepKind kind)
{
    switch (kind) {
    case StepKind::Connecting:
    case StepKind::Connected:
    case StepKind::Refused:
    case StepKind::PeerFinished:
    case StepKind::ResetByPeer:
        return true;
    default:
        return false;
    }
}

void addCarriedSteps(LadderRow &row, const LadderModel &model)
{
    const Recording &recording = model.recording();
    const std::vector<qsizetype> steps = recording.match().stepsOf(model.flowIndex(), row.segment);
    for (size_t i = 0; i < steps.size(); ++i) {
        const Step step = recording.step(steps[i]);
        if (isToldByArrow(step.kind))
            continue;
        int &hidden = row.hiddenSteps[size_t(step.side)];
        if (hidden > 0) { // many small messages: reading each costs more than counting them
            hidden += int(steps.size() - i);
            break;
        }
        LadderStep shown = ofStep(steps[i], step);
        if (homeOf(*model.flow(), step, row.segment) != row.segment) {
            shown.isRest = true;
            shown.text = u"[%1] …"_s.arg(step.number);
        }
        addStep(row, std::move(shown));
    }
    for (const InferredStep &step : recording.match().inferredAt(model.flowIndex(), row.segment)) {
        if (row.hiddenSteps[size_t(step.side)] > 0) {
            ++row.hiddenSteps[size_t(step.side)];
            continue;
        }
        const Step origin = step.origin >= 0 ? recording.step(step.origin) : Step();
        addStep(row, inferred(step.side, step.kind, step.number, step.origin, origin));
    }
}

void makeSegment(LadderRow &row, const LadderModel &model)
{
    const Flow &flow = *model.flow();
    const FlowSegment &segment = flow.at(row.segment);
    row.kind = LadderRow::Kind::Segment;
    row.sender = segment.sender;
    row.flags = segment.flags;
    row.carriesBytes = segment.length > 0;
    row.crossesPrevious = model.crossesPrevious(row.segment);
    row.labels = LadderText::labels(segment, model.isAbsolute());
    row.notes = LadderText::notes(segment);
    row.tail = {segment.senderState, Source::Segments};
    row.head = {segment.receiverState, Source::Segments};
    const std::vector<Heading> &headings = flow.headings();
    for (auto heading = std::ranges::lower_bound(headings, row.segment, {}, &Heading::row);
         heading != headings.end() && heading->row == row.segment; ++heading) {
        QString text = heading->text;
        row.headings.append(text.startsWith("# "_L1) ? text.sliced(2) : text);
    }
    addCarriedSteps(row, model);
}

/// The number of messages that this end had counted when it logged the row's step, as far as a short look back tells.
int messagesBefore(const LadderModel &model, qsizetype row)
{
    constexpr int farthest = 32;
    for (qsizetype i = row - 1; i >= 0 && i >= row - farthest; --i) {
        const qsizetype index = model.itemAt(i).step;
        if (index < 0)
            continue;
        const Step step = model.recording().step(index);
        if (step.isMessage())
            return (step.number + 1) / 2;
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

/// An arrow that a step tells of, though nobody captured it.
void guessArrow(LadderRow &row, const LadderModel &model, qsizetype at, qsizetype index, const Step &step)
{
    const Side peer = otherEnd(step.side);
    const auto closing = [&](StepKind kind) {
        const bool isSecond = model.isAfterFinishedSending(index, step.side);
        const int number = 2 * messagesBefore(model, at) + (isSecond ? 2 : 1);
        addStep(row, inferred(peer, kind, number, -1, {}));
    };
    switch (step.kind) {
    case StepKind::Send:
        setGuess(row, step.side, 0, StepText::size(step.bytes));
        addStep(row, inferred(peer, StepKind::Recv, step.number + 1, index, step));
        break;
    case StepKind::Recv:
        setGuess(row, peer, 0, StepText::size(step.bytes));
        addStep(row, inferred(peer, StepKind::Send, step.number - 1, index, step));
        break;
    case StepKind::Connected:
        if (!model.flow())
            setGuess(row, Side::Client, 0, Text::tr("connection opened"));
        break;
    case StepKind::Close:
        if (!model.flow() && !model.isAfterFinishedSending(index, step.side))
            setGuess(row, step.side, Segment::Fin, u"FIN"_s);
        break;
    case StepKind::FinishedSending:
        setGuess(row, step.side, Segment::Fin, u"FIN"_s);
        break;
    case StepKind::Reset:
        setGuess(row, step.side, Segment::Rst, u"RST"_s);
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
}

void makeLone(LadderRow &row, const LadderModel &model, qsizetype at, const LadderModel::Item &item)
{
    if (item.state) {
        row.sender = item.state->side;
        row.tail = {item.state->state, Source::Kernel};
        row.head = row.before[size_t(row.receiver())];
        return;
    }
    const Step step = model.recording().step(item.step);
    row.sender = step.side;
    addStep(row, ofStep(item.step, step));
    guessArrow(row, model, at, item.step, step);
    if (row.hasArrow() && isToldByArrow(step.kind))
        std::erase_if(row.steps, [](const LadderStep &shown) { return shown.isEvent; });
    row.tail = row.before[size_t(row.sender)];
    row.head = row.before[size_t(row.receiver())];
}

/// The time since the row before, if it is worth showing. States are read a moment after they begin: only long gaps count
/// before them, and after them time goes on from what came before.
qint64 gapBefore(const LadderModel &model, qsizetype row, const LadderModel::Item &item)
{
    qsizetype before = row - 1;
    while (before > 0 && model.itemAt(before).state)
        --before;
    if (before < 0)
        return 0;
    const qint64 gap = item.timeUs - model.itemAt(before).timeUs;
    return gap >= (item.state ? 1'000'000 : LadderRows::leastGapUs) ? gap : 0;
}

/// TIME-WAIT counts down where it begins.
void countDown(LadderState &state, const LadderRow &row, Side side, const LadderModel &model)
{
    if (state.state == TcpState::TimeWait && row.before[size_t(side)].state != TcpState::TimeWait)
        state.leftS = model.timeWaitLeft(side);
}

} // namespace

LadderRow LadderRows::make(const LadderModel &model, qsizetype row)
{
    const LadderModel::Item item = model.itemAt(row);
    LadderRow made;
    made.segment = item.segment;
    made.timeUs = item.timeUs;
    made.before = model.statesBefore(row);
    if (item.segment >= 0)
        makeSegment(made, model);
    else
        makeLone(made, model, row, item);
    countDown(made.tail, made, made.sender, model);
    countDown(made.head, made, made.receiver(), model);
    if (!made.crossesPrevious)
        made.gapUs = gapBefore(model, row, item);
    return made;
}
