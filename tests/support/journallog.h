// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/journal.h"
#include "steps/steptext.h"

#include <QRegularExpression>
#include <QStringList>

/// What an end has logged, as short lines that a test can compare: "[1] Send: text" for steps, "peer-finished" or
/// "undelivered 12" for events.
class JournalLog
{
public:
    explicit JournalLog(Journal &journal)
        : m_journal(journal)
    {
    }

    const std::vector<Step> &steps()
    {
        const Journal::Batch batch = m_journal.take();
        m_steps.insert(m_steps.end(), batch.steps.begin(), batch.steps.end());
        for (const auto &[id, status] : batch.connections)
            m_connections.insert_or_assign(id, status);
        m_activity = batch.activity;
        return m_steps;
    }

    QStringList lines()
    {
        QStringList lines;
        for (const Step &step : steps())
            lines.append(line(step));
        return lines;
    }

    QStringList numbered() { return lines().filter(QRegularExpression(QStringLiteral("^\\["))); }
    QStringList events() { return lines().filter(QRegularExpression(QStringLiteral("^[a-z]"))); }
    bool has(const QString &line) { return lines().contains(line); }

    ConnectionStatus connection(int id = 1)
    {
        steps();
        return m_connections[id];
    }

    Activity activity()
    {
        steps();
        return m_activity;
    }

    /// The port on which a server listens.
    quint16 port() { return activity().address.section(QLatin1Char(':'), -1).toUShort(); }

private:
    static QString line(const Step &step)
    {
        if (!step.isEvent())
            return StepText::line(step);
        const QString word = StepText::word(step.kind).toString();
        return step.bytes < 0 ? word : QStringLiteral("%1 %2").arg(word).arg(step.bytes);
    }

    Journal &m_journal;
    std::vector<Step> m_steps;
    std::map<int, ConnectionStatus> m_connections;
    Activity m_activity;
};
