// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/throttle.h"
#include "steps/step.h"

#include <QStringList>
#include <QWidget>

/// Tells screen readers what happens while the focus is elsewhere: notices, what is due, and new steps, or their number
/// if many come at the same time. Speaks at most once per second, since nobody can listen faster. Invisible; its
/// accessible name is what it announced last. Owned by a StatusLine.
///
/// Qt has announcements since 6.8. Before, Orca reads a widget with the role of a notification whenever it is shown.
class Announcer : public QWidget
{
    Q_OBJECT
public:
    static constexpr int maxTexts = 3; ///< steps, or notices, in one announcement

    explicit Announcer(QWidget *parent);

    void announce(const QString &notice);
    void announceStatus(const QString &status); ///< replaces one that waits
    void announceStep(const Step &step);        ///< events of the log are not announced
    void setIntervalMs(int ms) { m_throttle.setMs(ms); }

private:
    void speak();

    Throttle m_throttle;
    QStringList m_notices; ///< that wait; the newest
    QStringList m_steps;   ///< that wait; the oldest
    qsizetype m_newSteps = 0;
    QString m_status;
};
