// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// How far the bytes of an end have come: according to the capture if there is one, otherwise to the kernel.

#include "laddermodel.h"

#include <algorithm>

bool LadderModel::isCaptured(qint64 timeUs) const
{
    return flow() && flow()->count() > 0 &&
           (m_recording.isCapturing() || timeUs <= flow()->at(flow()->count() - 1).timeUs);
}

/// For a step of this time. What happened after the last answer of the kernel counts as sent, but not acknowledged.
Recording::Progress LadderModel::progress(Side sender, qint64 timeUs) const
{
    const auto told = m_recording.progressOf(m_connection, sender);
    Recording::Progress known = told.value_or(Recording::Progress());
    if (isCaptured(timeUs) && flow()->isOriginKnown(sender)) {
        known.acknowledged = flow()->acknowledged(sender);
        known.left = std::max(flow()->sentEnd(sender), known.acknowledged); // a capture may have gaps
    } else if (told && timeUs > told->timeUs) {
        known.left = Recording::Progress::all;
    } else if (!told && m_recording.asksKernel()) {
        known.acknowledged = known.read = 0;
    }
    const StepIndex::Connection *connection = shownConnection();
    if (connection && connection->undeliveredFrom >= 0 && sender == m_end)
        known.acknowledged = std::min(known.acknowledged, connection->undeliveredFrom);
    return known;
}

std::optional<LadderRow::Arrival> LadderModel::arrivalOf(Side sender, qint64 from, qint64 to, qint64 timeUs) const
{
    const Recording::Progress known = progress(sender, timeUs);
    if (from >= known.left)
        return {};
    return to <= known.acknowledged ? LadderRow::Arrival::Arrived : LadderRow::Arrival::Awaited;
}

std::optional<LadderRow::Arrival> LadderModel::arrivalOfFin(Side sender, qint64 timeUs) const
{
    if (m_finArrived && sender == m_end)
        return LadderRow::Arrival::Arrived;
    const StepIndex::Connection *connection = shownConnection();
    const qint64 end = !connection || connection->sent.isEmpty() ? 0 : connection->sent.last().end();
    return arrivalOf(sender, end, end + 1, timeUs);
}

bool LadderModel::isRead(Side sender, qint64 to) const
{
    const auto told = m_recording.progressOf(m_connection, sender);
    return !told || to <= told->read;
}

/// Reports the rows whose arrows may have made progress.
void LadderModel::takeProgress()
{
    const StepIndex::Connection *connection = shownConnection();
    if (!m_end || !connection)
        return;
    Recording::Progress now = progress(*m_end, std::numeric_limits<qint64>::min());
    now.timeUs = 0;
    const bool isSame = now == m_progress;
    if (isSame && !std::exchange(m_isAwaiting, false))
        return;
    const Recording::Progress before = std::exchange(m_progress, now);
    const qint64 first = std::min({before.left, before.acknowledged, before.read});
    if (const qsizetype message = connection->sent.firstBeyond(first); message < connection->sent.count()) {
        touchFrom(connection->sent.at(message).step);
        return;
    }
    for (const StepIndex::Event &event : connection->events) {
        if (event.kind == StepKind::FinishedSending || event.kind == StepKind::FinSent || event.kind == StepKind::Close)
            return touchFrom(event.step);
    }
}

/// From the row of a step without segments on.
void LadderModel::touchFrom(qsizetype step)
{
    if (const auto lone = loneOfStep(step); lone != m_lone.end())
        touch(rowOfLone(size_t(lone - m_lone.begin())));
}

const StepIndex::Event *LadderModel::eventBehind(StepRow step) const
{
    const StepIndex::Connection *connection = shownConnection();
    if (!connection)
        return nullptr;
    const auto behind =
        std::ranges::upper_bound(connection->events, quint32(step.value()), {}, &StepIndex::Event::step);
    return behind == connection->events.end() ? nullptr : &*behind;
}

bool LadderModel::hasEvent(StepKind kind, StepRow beforeStep) const
{
    const StepIndex::Connection *connection = shownConnection();
    return connection && std::ranges::any_of(connection->events, [&](const StepIndex::Event &event) {
               return event.kind == kind && StepRow(event.step) < beforeStep;
           });
}

bool LadderModel::hasSentFin(StepRow beforeStep) const
{
    const StepIndex::Connection *connection = shownConnection();
    return connection && std::ranges::any_of(connection->events, [&](const StepIndex::Event &event) {
               const bool isFin = event.kind == StepKind::FinishedSending || event.kind == StepKind::FinSent;
               return isFin && event.hasSegments && StepRow(event.step) < beforeStep;
           });
}
