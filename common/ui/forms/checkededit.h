// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

#include <functional>

/// A line edit that checks its text while the user types. The form shows the error, and an icon in the field shows
/// which field is meant.
class CheckedEdit : public QLineEdit
{
    Q_OBJECT
public:
    /// Returns a sentence that says what the field accepts, or an empty string if text is valid.
    using Check = std::function<QString(const QString &text)>;

    explicit CheckedEdit(QWidget *parent = nullptr);

    void setCheck(Check check);
    QString error() const { return m_error; } ///< empty: the text is valid

signals:
    void checked(); ///< after each change of the text; error() is up to date

private:
    void check();

    Check m_check;
    QString m_error;
    QAction *m_sign;
};
