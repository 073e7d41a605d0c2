// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderrows.h"

#include "ladderguess.h"
#include "laddermodel.h"
#include "laddertext.h"
#include "steps/steptext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct LadderRowsStrings {
    Q_DECLARE_TR_FUNCTIONS(LadderRows)
};

using Source = LadderState::Source;

LadderStep ofStep(StepRow index, const Step &step)
{
    return {.side = step.side,
            .step = index,
            .isEvent = step.isEvent(),
            .text = StepText::line(step, LadderRow::shownCharacters)};
}

/// Whether the receiver's TCP has got the segment, as far as is known.
bool hasReached(const Flow &flow, qsizetype row)
{
    if (const Transits *transits = flow.transits()) {
        const Transit &transit = transits->rows[size_t(row)];
        return transit.fate == Transit::Fate::Arrived && !transit.isCorrupted;
    }
    return !flow.at(row).has(FlowSegment::Lost);
}

/// The segment that shows a step: of Send the one with its first byte, of Recv the first that arrived with its last
/// byte.
FlowRow homeOf(const Flow &flow, const Step &step, FlowRow segment)
{
    if (!step.isMessage() || step.bytes <= 0)
        return segment;
    if (step.kind == StepKind::Send) {
        const qsizetype home = flow.firstRowOf(step.side, step.offset);
        return home < 0 ? segment : FlowRow(home);
    }
    const qint64 end = step.offset + step.bytes;
    const std::vector<qsizetype> rows = flow.rowsOf(otherEnd(step.side), end - 1, end);
    const auto home = std::ranges::find_if(rows, [&flow](qsizetype row) { return hasReached(flow, row); });
    return home == rows.end() ? segment : FlowRow(*home);
}

bool isToldByArrow(StepKind kind)
{
    switch (kind) {
    case StepKind::Connecting:
    case StepKind::Connected:
    case StepKind::Refused:
    case StepKind::Unreachable:
    case StepKind::FinSent:
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
    const std::vector<StepRow> steps = recording.match().stepsOf(model.flowIndex(), row.segment);
    for (size_t i = 0; i < steps.size(); ++i) {
        const Step step = recording.step(steps[i].value());
        const bool isReceived = step.kind == StepKind::Recv && step.side != row.sender;
        if (isToldByArrow(step.kind) || (isReceived && !hasReached(*model.flow(), row.segment.value())))
            continue;
        int &hidden = row.hiddenSteps[size_t(step.side)];
        if (hidden > 0) { // many small messages: count them instead of reading each
            hidden += int(steps.size() - i);
            break;
        }
        LadderStep shown = ofStep(steps[i], step);
        if (homeOf(*model.flow(), step, row.segment) != row.segment) {
            shown.isRest = true;
            shown.text = u"[%1] …"_s.arg(step.number);
        }
        row.addStep(std::move(shown));
    }
    for (const InferredStep &step : recording.match().inferredAt(model.flowIndex(), row.segment)) {
        if (row.hiddenSteps[size_t(step.side)] > 0) {
            ++row.hiddenSteps[size_t(step.side)];
            continue;
        }
        const Step origin = step.origin.isValid() ? recording.step(step.origin.value()) : Step();
        row.addStep(LadderStep::inferred(step.side, step.kind, step.number, step.origin, origin));
    }
}

LadderRow::Arrival arrivalOf(Transit::Fate fate)
{
    switch (fate) {
    case Transit::Fate::Arrived:
        return LadderRow::Arrival::Arrived;
    case Transit::Fate::Lost:
        return LadderRow::Arrival::Lost;
    case Transit::Fate::OnItsWay:
        return LadderRow::Arrival::OnItsWay;
    case Transit::Fate::Held:
        return LadderRow::Arrival::Held;
    case Transit::Fate::NotCaptured:
        break;
    }
    return LadderRow::Arrival::NotSeen;
}

/// The row before which a line of both captures stands.
qsizetype rowBefore(const Transits &transits, quint32 line)
{
    return std::ranges::upper_bound(transits.rows, line, {}, &Transit::firstLine) - transits.rows.begin() - 1;
}

void addTransit(LadderRow &row, const LadderModel &model)
{
    const Flow &flow = *model.flow();
    const Transits *transits = flow.transits();
    if (!transits)
        return;
    const auto index = size_t(row.segment.value());
    const Transit &transit = transits->rows[index];
    const auto since = [&flow](qint64 us) {
        return us == Transit::unknown ? QString() : LadderText::exactly(us - flow.at(0).timeUs);
    };
    LadderTransit shown{.departure = since(transit.departureUs), .arrival = since(transit.arrivalUs)};
    shown.isDuplicate = transit.isDuplicate;
    row.arrival = arrivalOf(transit.fate);
    if (transit.hasArrived())
        shown.arrivesAt = model.rowOfSegment(FlowRow(rowBefore(*transits, transit.arrivalLine)));
    const auto behind = [&](quint32 line) {
        return std::ranges::lower_bound(transits->arrivals, line, {},
                                        [&](quint32 arrival) { return transits->rows[arrival].arrivalLine; });
    };
    const bool isLast = index + 1 == transits->rows.size();
    const quint32 begin = transit.firstLine();
    const quint32 end = isLast ? Transit::noLine : transits->rows[index + 1].firstLine();
    for (auto arrival = behind(begin); arrival != behind(end); ++arrival)
        shown.arriving.push_back(model.rowOfSegment(FlowRow(*arrival)));
    row.transit = std::move(shown);
    if (row.kind == LadderRow::Kind::Segment) {
        FlowSegment other = flow.at(row.segment.value());
        other.notes &= ~quint32(FlowSegment::Lost); // it says why the captures of one end tell it
        row.notes = LadderText::notes(other);
    }
    const auto note = [&row](const QString &text) { row.notes += row.notes.isEmpty() ? text : u", "_s + text; };
    if (transit.isCorrupted)
        note(LadderRowsStrings::tr("corrupted on its way"));
    if (transit.fate == Transit::Fate::Lost)
        note(LadderRowsStrings::tr("lost"));
    else if (transit.fate == Transit::Fate::Held)
        note(LadderRowsStrings::tr("held"));
    else if (transit.fate == Transit::Fate::OnItsWay)
        note(LadderRowsStrings::tr("on its way"));
    else if (transit.isDuplicate)
        note(LadderRowsStrings::tr("doubled by the network"));
    else if (!transit.hasDeparted() && !row.isFromRouter)
        note(LadderRowsStrings::tr("departure not captured"));
    else if (transit.fate == Transit::Fate::NotCaptured)
        note(LadderRowsStrings::tr("arrival not captured"));
}

void makeSegment(LadderRow &row, const LadderModel &model)
{
    const Flow &flow = *model.flow();
    const FlowSegment &segment = flow.at(row.segment.value());
    row.kind = LadderRow::Kind::Segment;
    row.sender = segment.sender;
    row.flags = segment.flags;
    row.carriesBytes = segment.length > 0;
    row.crossesPrevious = model.crossesPrevious(row.segment);
    row.labels = LadderText::labels(segment, model.isAbsolute(),
                                    {flow.relativeZero(Side::Client), flow.relativeZero(Side::Server)});
    row.notes = LadderText::notes(segment);
    row.explanations = LadderText::explanations(segment);
    if (const IcmpError *error = flow.error(row.segment.value()))
        LadderText::describe(row, flow, *error, model.isAbsolute());
    if (segment.has(FlowSegment::Lost))
        row.arrival = LadderRow::Arrival::Lost;
    addTransit(row, model);
    row.tail = {segment.senderState, Source::Segments};
    row.head = {segment.receiverState, Source::Segments};
    const std::vector<Heading> &headings = flow.headings();
    for (auto heading = std::ranges::lower_bound(headings, row.segment.value(), {}, &Heading::row);
         heading != headings.end() && heading->row == row.segment.value(); ++heading) {
        QString text = heading->text;
        row.headings.append(text.startsWith("# "_L1) ? text.sliced(2) : text);
    }
    addCarriedSteps(row, model);
}

void makeLone(LadderRow &row, const LadderModel &model, LadderIndex at, const LadderModel::Item &item)
{
    if (item.state) {
        row.sender = item.state->side;
        row.tail = {item.state->state, Source::Kernel};
        row.head = row.before[size_t(row.receiver())];
        return;
    }
    const Step step = model.recording().step(item.step.value());
    row.sender = step.side;
    row.addStep(ofStep(item.step, step));
    LadderGuess::addArrow(row, model, at, item.step, step);
    if (row.hasArrow() && isToldByArrow(step.kind))
        std::erase_if(row.steps, [](const LadderStep &shown) { return shown.isEvent; });
    const auto stateOf = [&](Side side) {
        return model.stateAtStep(item.step, side).value_or(row.before[size_t(side)]);
    };
    row.tail = stateOf(row.sender);
    row.head = stateOf(row.receiver());
}

/// The time since the row before, if it is worth showing. States are read a moment after they begin, so only long
/// gaps are shown before them; the next row counts from the row before the state, unless the gap was shown there.
qint64 gapBefore(const LadderModel &model, LadderIndex row, const LadderModel::Item &item)
{
    qsizetype before = row.value() - 1;
    for (; before > 0; --before) {
        const LadderModel::Item above = model.itemAt(LadderIndex(before));
        if (!above.state || gapBefore(model, LadderIndex(before), above) > 0)
            break;
    }
    if (before < 0)
        return 0;
    const qint64 gap = item.timeUs - model.itemAt(LadderIndex(before)).timeUs;
    return gap >= (item.state ? 1'000'000 : LadderRows::minGapUs) ? gap : 0;
}

/// TIME-WAIT counts down at the row where it begins.
void countDown(LadderState &state, const LadderRow &row, Side side, const LadderModel &model)
{
    if (state.state == TcpState::TimeWait && row.before[size_t(side)].state != TcpState::TimeWait)
        state.leftS = model.timeWaitLeft(side);
}

} // namespace

LadderRow LadderRows::make(const LadderModel &model, LadderIndex row)
{
    const LadderModel::Item item = model.itemAt(row);
    LadderRow made;
    made.segment = item.segment;
    made.timeUs = item.timeUs;
    made.before = model.statesBefore(row);
    if (item.segment.isValid())
        makeSegment(made, model);
    else
        makeLone(made, model, row, item);
    countDown(made.tail, made, made.sender, model);
    countDown(made.head, made, made.receiver(), model);
    if (!made.crossesPrevious)
        made.gapUs = gapBefore(model, row, item);
    return made;
}

StepRow LadderRows::stepThatGoesWith(const LadderModel &model, LadderIndex row)
{
    const LadderRow shown = make(model, row);
    const auto own = std::ranges::find_if(shown.steps, [](const LadderStep &step) { return step.step.isValid(); });
    if (own != shown.steps.cend())
        return own->step;
    if (!shown.segment.isValid())
        return model.itemAt(row).step;
    const StepMatch &match = model.recording().match();
    std::vector<StepRow> steps = match.stepsOf(model.flowIndex(), shown.segment); // that the arrow implies
    if (steps.empty())
        steps = match.acknowledgedBy(model.flowIndex(), shown.segment);
    return steps.empty() ? StepRow() : steps.front();
}
