// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QSpinBox>

/// A spin box for a time in milliseconds. A word such as "never" can stand for its lowest value.
class DelayEdit : public QSpinBox
{
    Q_OBJECT
public:
    static constexpr int maximumMs = 3'600'000;

    explicit DelayEdit(QWidget *parent = nullptr);

    /// Shows minimum as word.
    void setWord(int minimum, const QString &word);

protected:
    int valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;

private:
    QString withoutSuffix(const QString &text) const;
};
