// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steptext.h"

#include <QCoreApplication>

/// All that a view paints in a cell of the log.
struct StepCell {
    StepKind kind = StepKind::Error;
    bool isEvent = false;
    QString text;
    QList<StepText::Range> escapes; ///< of the text
    QString note;                   ///< after the text, in a quiet colour: "(empty)"
};

/// A row of the log: what each of its columns says of a step. Pure; any thread.
class StepRowText
{
    Q_DECLARE_TR_FUNCTIONS(StepRowText)
public:
    enum Column { TimeColumn, ConnectionColumn, TextColumn, BytesColumn, ColumnCount };

    /// How much of a message the text column shows.
    static constexpr qsizetype shownCharacters = 200;

    /// The step outlives this object. time: what its column shows.
    StepRowText(const Step &step, const QString &time)
        : m_step(step)
        , m_time(time)
    {
    }

    QString shown(Column column) const;
    QString copied(Column column) const; ///< for an event its sentence, while shown() is short
    StepCell cell(Column column) const;
    QString toolTip(Column column) const; ///< may be HTML
    /// For screen readers: says what is visible besides the text, such as an arrow or the colour of an event.
    QString accessible(Column column) const;

private:
    QString note() const;

    const Step &m_step;
    const QString m_time;
};
