// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

/// What tests of windows share.
namespace WindowTools {

/// The part of window that is named so.
template<typename T>
T *part(const QWidget &window, const char *name)
{
    auto *found = window.findChild<T *>(QLatin1StringView(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

inline void click(const QWidget &window, const char *name)
{
    auto *button = part<QAbstractButton>(window, name);
    QVERIFY2(button->isVisible() && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

/// Types text over what a line edit holds.
inline void type(const QWidget &window, const char *name, const QString &text)
{
    auto *edit = part<QLineEdit>(window, name);
    edit->setFocus();
    edit->selectAll();
    if (text.isEmpty())
        QTest::keyClick(edit, Qt::Key_Delete);
    else
        QTest::keyClicks(edit, text);
}

/// The lines of the log that contain text, or all of them.
inline QStringList lines(const QWidget &window, const QString &text = {})
{
    QStringList lines;
    const QAbstractItemModel *model = part<QTableView>(window, "stepView")->model();
    for (int row = 0; row < model->rowCount(); ++row)
        lines.append(model->index(row, 2).data().toString());
    return text.isEmpty() ? lines : lines.filter(text);
}

/// The numbered ones.
inline QStringList steps(const QWidget &window)
{
    return lines(window).filter(QRegularExpression(QStringLiteral("^\\[\\d+\\] ")));
}

inline QString labelText(const QWidget &window, const char *name)
{
    const auto *label = part<QLabel>(window, name);
    return label->isVisible() ? label->text() : QString();
}

/// Settings and session files of one test, away from the user's.
class Sandbox
{
public:
    Sandbox() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path()); }
    QString sessionPath(const QString &name) const { return m_folder.filePath(name + QStringLiteral(".jsonl")); }

private:
    QTemporaryDir m_folder;
};

} // namespace WindowTools
