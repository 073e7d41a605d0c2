// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

#include <QCoreApplication>

/// What a line of a session file says. The quick looks do not parse the line; of one that another program wrote or
/// that is damaged, they may be wrong. Any thread.
class StepLine
{
    Q_DECLARE_TR_FUNCTIONS(StepLine)
public:
    static constexpr qsizetype maxBytes = qsizetype(1024) * 1024; ///< a step's line is shorter

    static Step event(const QString &sentence); ///< an Error
    /// The step in the line; an Error event if there is none.
    static Step toStep(QByteArrayView line, qsizetype row);

    static bool isSurelyEvent(QByteArrayView line); ///< false: a step, or not certain
    static bool isSurelyNumbered(QByteArrayView line);
    static int connectionOf(QByteArrayView line); ///< 0: of none

    /// The same for many lines: most of them name their connection where the line before does.
    class ConnectionFinder
    {
    public:
        int connectionOf(QByteArrayView line);

    private:
        qsizetype m_at = 0;
    };
};
