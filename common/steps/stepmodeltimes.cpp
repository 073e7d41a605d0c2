// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepmodel.h"

// The times that a StepModel shows. They are computed for the rows that a view asks for, and for no others.

void StepModel::setTimeMode(TimeMode mode)
{
    if (std::exchange(m_timeMode, mode) == mode)
        return;
    emit headerDataChanged(Qt::Horizontal, TimeColumn, TimeColumn);
    if (rowCount() > 0)
        emit dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

QString StepModel::timeText(int row, const Step &step) const
{
    switch (m_timeMode) {
    case TimeMode::SinceConnection: {
        const auto beginning = beginningOf(step.connection);
        return beginning ? StepTimeText::difference(*beginning, step.time) : QString();
    }
    case TimeMode::SincePrevious:
        return row == 0 ? QString() : StepTimeText::difference(stepAt(row - 1).time, step.time);
    case TimeMode::Clock:
        break;
    }
    return StepTimeText::clock(step.time);
}

std::optional<StepTime> StepModel::beginningOf(int connection) const
{
    if (connection <= 0)
        return std::nullopt;
    if (const StepTime *known = m_beginnings.object(connection))
        return *known;
    const qsizetype row = m_file.firstRowOf(connection);
    if (row < 0)
        return std::nullopt;
    const Step first = m_file.at(row);
    if (first.connection != connection) // the file has changed
        return std::nullopt;
    m_beginnings.insert(connection, new StepTime(first.time));
    return first.time;
}

QString StepModel::timeTitle() const
{
    switch (m_timeMode) {
    case TimeMode::SinceConnection:
        return tr("Since Start", "time since the connection began");
    case TimeMode::SincePrevious:
        return tr("Since Row", "time since the row before");
    case TimeMode::Clock:
        break;
    }
    return tr("Time");
}

QString StepModel::timeMeaning() const
{
    switch (m_timeMode) {
    case TimeMode::SinceConnection:
        return tr("Seconds since the connection's first row");
    case TimeMode::SincePrevious:
        return tr("Seconds since the row above");
    case TimeMode::Clock:
        break;
    }
    return tr("Time of day");
}
