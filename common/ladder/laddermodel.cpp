// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "laddermodel.h"

#include <algorithm>

namespace {

constexpr int waitMs = 500;

bool opensOrCloses(const FlowSegment &segment)
{
    return (segment.flags & (Segment::Syn | Segment::Fin)) != 0;
}

} // namespace

LadderModel::LadderModel(const Recording &recording, QObject *parent)
    : QObject(parent)
    , m_recording(recording)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(waitMs);
    connect(&m_settle, &QTimer::timeout, this, &LadderModel::settle);
    connect(&recording, &Recording::segmentAdded, this, &LadderModel::takeSegment);
    connect(&recording, &Recording::stepAdded, this, &LadderModel::takeStep);
    connect(&recording, &Recording::stateAdded, this, &LadderModel::takeStates);
    connect(&recording, &Recording::changed, this, &LadderModel::update);
}

void LadderModel::showConnection(int connection)
{
    m_connection = connection;
    m_flow = connection != 0 ? m_recording.flowOf(connection) : -1;
    rebuild();
}

void LadderModel::showFlow(int flow)
{
    m_connection = 0;
    m_flow = flow;
    rebuild();
}

void LadderModel::setAbsolute(bool absolute)
{
    if (std::exchange(m_absolute, absolute) != absolute)
        emit reset();
}

void LadderModel::rebuild()
{
    m_lone.clear();
    m_states.clear();
    m_atSteps.clear();
    m_end.reset();
    m_finArrived = false;
    m_progress = {.left = 0, .acknowledged = 0, .read = 0};
    m_isAwaiting = false;
    m_waiting.clear();
    m_takenStates = 0;
    m_mayMatch = true;
    m_addresses = {};
    m_timeWaitLeft = {-1, -1};
    m_segments = flow() ? flow()->count() : 0;
    takeSteps();
    takeStates(m_connection);
    m_dirtySegment = m_dirtyRow = -1;
    emit reset();
}

/// The steps that the recording has already. Without segments none is read: ten million would take half a minute.
void LadderModel::takeSteps()
{
    const StepMatch &match = m_recording.match();
    qsizetype last = -1;
    const auto takeAll = [&](qsizetype from, qsizetype to) {
        last = from;
        for (qsizetype index = from; index < to; ++index) {
            if (!flow())
                m_lone.push_back({.item = quint32(index)});
            else if (match.segmentsOf(StepRow(index)).rows.empty())
                insertStep(index, m_recording.step(index).time.wallUs);
        }
    };
    if (m_connection > 0) {
        match.index().forEachRunOf(m_connection, takeAll);
    } else if (const StepIndex::Connection *attempt = shownConnection()) {
        for (const StepIndex::Event &event : attempt->events)
            takeAll(event.step, qsizetype(event.step) + 1);
    }
    if (last >= 0)
        note(m_recording.step(last));
    weaveStates();
}

void LadderModel::takeSegment(int flow, qsizetype changedFrom)
{
    if (flow == m_flow)
        m_dirtySegment = m_dirtySegment < 0 ? changedFrom : std::min(m_dirtySegment, changedFrom);
}

/// Keeps what a step says about its whole connection.
void LadderModel::note(const Step &step)
{
    if (!step.local.isEmpty())
        m_addresses[size_t(step.side)] = step.local;
    if (!step.peer.isEmpty())
        m_addresses[step.side == Side::Client ? 1 : 0] = step.peer;
    m_end = step.side;
}

void LadderModel::takeStep(qsizetype index, const Step &step)
{
    m_newest = std::max(m_newest, step.connection);
    const int connection =
        step.connection != 0 || m_connection >= 0 ? step.connection : m_recording.match().attemptOf(StepRow(index));
    if (connection == 0 || connection != m_connection)
        return;
    note(step);
    m_isAwaiting = m_isAwaiting || step.kind == StepKind::Send || StepIndex::tellsOfState(step.kind);
    if (m_connection > 0 && !StepIndex::mayHaveSegments(step)) {
        insertStep(index, step.time.wallUs);
        if (StepIndex::tellsOfState(step.kind))
            weaveStates();
        return;
    }
    const StepSegments segments = m_recording.match().segmentsOf(StepRow(index));
    if (!segments.rows.empty()) {
        touch(ladderRowOf(std::min(segments.rows.front().value(), m_segments)));
        return;
    }
    if (m_recording.isCapturing()) {
        m_waiting.emplace_back(index, step.time.wallUs);
        if (!m_settle.isActive())
            m_settle.start();
        return;
    }
    m_mayMatch = true;
    insertStep(index, step.time.wallUs);
    if (StepIndex::tellsOfState(step.kind))
        weaveStates();
}

/// Steps that have waited long enough get rows of their own.
void LadderModel::settle()
{
    for (const auto &[step, timeUs] : std::exchange(m_waiting, {})) {
        if (!m_recording.match().segmentsOf(StepRow(step)).rows.empty())
            continue;
        m_mayMatch = true;
        insertStep(step, timeUs);
    }
    weaveStates();
    update();
}

void LadderModel::takeStates(int connection)
{
    if (connection == 0 || connection != m_connection)
        return;
    takeProgress();
    if (!flow())
        return weaveStates();
    const std::vector<Recording::KernelState> &states = m_recording.statesOf(connection);
    for (; m_takenStates < states.size(); ++m_takenStates) {
        const Recording::KernelState &state = states[m_takenStates];
        // If there are segments, the states come from them. Only the kernel knows what a timer ends.
        const TcpState now = flow()->state(state.side);
        if (state.state == TcpState::Closed && (now == TcpState::TimeWait || now == TcpState::FinWait2))
            insertState(state);
    }
}

void LadderModel::update()
{
    if (m_flow < 0 && m_connection != 0) {
        const int found = m_recording.flowOf(m_connection);
        if (found >= 0) {
            showConnection(m_connection);
            return;
        }
    }
    if (!m_recording.isCapturing() && !m_waiting.empty()) {
        settle();
        return;
    }
    if (m_dirtySegment >= 0) {
        const qsizetype count = flow()->count();
        touch(ladderRowOf(std::min(m_dirtySegment, m_segments)));
        if (count > m_segments) {
            bumpTrailing(count);
            if (m_mayMatch)
                matchWithLone(m_segments, count);
            m_segments = count;
        }
        m_dirtySegment = -1;
        takeProgress();
    }
    if (m_dirtyRow >= 0)
        emit changed(LadderIndex(std::exchange(m_dirtyRow, -1)));
}

/// New segments may be older than lone rows that were added earlier.
void LadderModel::bumpTrailing(qsizetype toSegment)
{
    const auto first = std::ranges::lower_bound(m_lone, quint32(m_segments), {}, &Lone::segment);
    const qint64 firstUs = flow()->at(m_segments).timeUs;
    const auto later =
        std::partition_point(first, m_lone.end(), [&](const Lone &lone) { return timeOf(lone) < firstUs; });
    for (auto lone = later; lone != m_lone.end(); ++lone) {
        const qint64 timeUs = timeOf(*lone);
        while (qsizetype(lone->segment) < toSegment && flow()->at(lone->segment).timeUs <= timeUs)
            ++lone->segment;
        if (std::next(lone) != m_lone.end())
            std::next(lone)->segment = std::max(std::next(lone)->segment, lone->segment);
        if (lone->item & Lone::stateBit)
            m_states[lone->item & ~Lone::stateBit].segment = lone->segment;
    }
    if (first != m_lone.end())
        touch(qsizetype(first - m_lone.begin()) + m_segments);
}

void LadderModel::matchWithLone(qsizetype fromSegment, qsizetype toSegment)
{
    for (qsizetype segment = fromSegment; segment < toSegment; ++segment) {
        for (const StepRow step : m_recording.match().stepsOf(m_flow, FlowRow(segment))) {
            const auto lone = loneOfStep(step.value());
            if (lone == m_lone.end() || lone->item != quint32(step.value()))
                continue;
            touch(rowOfLone(size_t(lone - m_lone.begin())));
            m_lone.erase(lone);
        }
    }
}

/// The number of segments captured until then.
quint32 LadderModel::segmentsUntil(qint64 timeUs) const
{
    qsizetype low = 0;
    qsizetype high = m_segments;
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (flow()->at(middle).timeUs <= timeUs)
            low = middle + 1;
        else
            high = middle;
    }
    return quint32(low);
}

qsizetype LadderModel::stepOf(const Lone &lone) const
{
    return lone.item & Lone::stateBit ? m_states[lone.item & ~Lone::stateBit].step : qsizetype(lone.item);
}

/// The first with this step or a later one.
std::deque<LadderModel::Lone>::const_iterator LadderModel::loneOfStep(qsizetype step) const
{
    return std::ranges::lower_bound(m_lone, step, {}, [this](const Lone &lone) { return stepOf(lone); });
}

qint64 LadderModel::timeOf(const Lone &lone) const
{
    return lone.item & Lone::stateBit ? m_states[lone.item & ~Lone::stateBit].state.timeUs
                                      : m_recording.step(lone.item).time.wallUs;
}

void LadderModel::insertStep(qsizetype index, qint64 timeUs)
{
    const auto place = loneOfStep(index);
    const quint32 min = place == m_lone.begin() ? 0 : std::prev(place)->segment;
    const quint32 max = place == m_lone.end() ? quint32(m_segments) : place->segment;
    const auto added = m_lone.insert(place, {std::clamp(segmentsUntil(timeUs), min, max), quint32(index)});
    touch(rowOfLone(size_t(added - m_lone.begin())));
}

void LadderModel::insertState(const Recording::KernelState &state)
{
    auto place = m_lone.end();
    while (place != m_lone.begin() && !(std::prev(place)->item & Lone::stateBit) &&
           timeOf(*std::prev(place)) > state.timeUs)
        --place;
    const quint32 min = place == m_lone.begin() ? 0 : std::prev(place)->segment;
    const quint32 max = place == m_lone.end() ? quint32(m_segments) : place->segment;
    const quint32 segment = std::clamp(segmentsUntil(state.timeUs), min, max);
    const qsizetype step = place == m_lone.begin() ? -1 : stepOf(*std::prev(place));
    const auto added = m_lone.insert(place, {segment, quint32(m_states.size()) | Lone::stateBit});
    m_states.push_back({state, step, segment});
    touch(rowOfLone(size_t(added - m_lone.begin())));
}

void LadderModel::touch(qsizetype row)
{
    m_dirtyRow = m_dirtyRow < 0 ? row : std::min(m_dirtyRow, row);
}

ShownLadder LadderModel::shown() const
{
    QStringList legend = this->legend();
    if (!m_recording.network().isEmpty())
        legend.append(m_recording.network());
    return {.connection = m_connection,
            .flow = flow() ? std::optional(*flow()) : std::nullopt,
            .states = m_recording.statesOf(m_connection),
            .isAbsolute = m_absolute,
            .legend = legend};
}

QString LadderModel::address(Side side) const
{
    if (!flow())
        return m_addresses[size_t(side)];
    const QString own = flow()->address(side).text();
    const Transits *transits = flow()->transits();
    if (!transits || transits->seenAs[size_t(side)].port == 0)
        return own;
    return tr("%1, translated to %2").arg(own, transits->seenAs[size_t(side)].text());
}

QStringList LadderModel::legend() const
{
    return flow() ? m_recording.legend(m_flow) : QStringList();
}

bool LadderModel::crossesPrevious(FlowRow row) const
{
    const qsizetype segment = row.value();
    const Flow &all = *flow();
    if (segment == 0 || all.transits() || !all.crosses(segment - 1, segment) ||
        ladderRowOf(segment) != ladderRowOf(segment - 1) + 1)
        return false;
    const bool previousToo = segment > 1 && all.crosses(segment - 2, segment - 1);
    if (opensOrCloses(all.at(segment - 1)) || opensOrCloses(all.at(segment)))
        return !previousToo || (!opensOrCloses(all.at(segment - 2)) && !opensOrCloses(all.at(segment - 1)));
    const bool nextMatters =
        segment + 1 < all.count() && opensOrCloses(all.at(segment + 1)) && all.crosses(segment, segment + 1);
    return !previousToo && !nextMatters;
}

#include "moc_laddermodel.cpp"
