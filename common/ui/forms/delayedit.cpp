// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "delayedit.h"

DelayEdit::DelayEdit(QWidget *parent)
    : QSpinBox(parent)
{
    setRange(0, maximumMs);
    setSingleStep(100);
    setAccelerated(true);
    setSuffix(tr(" ms"));
    setCorrectionMode(CorrectToNearestValue);
}

void DelayEdit::setWord(int minimum, const QString &word)
{
    setMinimum(minimum);
    setSpecialValueText(word);
}

/// If the user types a word over a number, the suffix of the number is still there.
QString DelayEdit::withoutSuffix(const QString &text) const
{
    return (text.endsWith(suffix()) ? text.chopped(suffix().size()) : text).trimmed();
}

int DelayEdit::valueFromText(const QString &text) const
{
    const QString word = specialValueText();
    const QString typed = withoutSuffix(text);
    if (!word.isEmpty() && !typed.isEmpty() && word.startsWith(typed, Qt::CaseInsensitive))
        return minimum();
    return QSpinBox::valueFromText(text);
}

QValidator::State DelayEdit::validate(QString &text, int &position) const
{
    const QString word = specialValueText();
    const QString typed = withoutSuffix(text);
    if (!word.isEmpty() && !typed.isEmpty() && word.startsWith(typed, Qt::CaseInsensitive))
        return typed.size() == word.size() ? QValidator::Acceptable : QValidator::Intermediate;
    return QSpinBox::validate(text, position);
}

#include "moc_delayedit.cpp"
