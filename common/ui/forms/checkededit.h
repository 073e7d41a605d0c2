// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

#include <functional>

/// A line edit that checks itself as one types. What is wrong is said by its form; a sign stands in the field too, so
/// that one sees which field is meant.
class CheckedEdit : public QLineEdit
{
    Q_OBJECT
public:
    /// Gives a sentence that says what the field takes, or nothing if text is right.
    using Check = std::function<QString(const QString &text)>;

    explicit CheckedEdit(QWidget *parent = nullptr);

    void setCheck(Check check);
    QString error() const { return m_error; } ///< empty: the text is right

signals:
    void checked(); ///< after each change of the text; error() is up to date

private:
    void check();

    Check m_check;
    QString m_error;
    QAction *m_sign;
};
