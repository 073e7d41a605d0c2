// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepmodel.h"
#include "ui/forms/messageedit.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSettings>
#include <QShortcut>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

/// Helpers that the tests of windows share.
namespace WindowTools {

/// Returns the part of window with that object name.
template<typename T>
T *part(const QWidget &window, const char *name)
{
    auto *found = window.findChild<T *>(QLatin1StringView(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

/// Waits for a button. Buttons follow events after a short delay (see ConversationWindow), and a click before that
/// does nothing.
inline void waitForButton(const QWidget &window, const char *name)
{
    const auto *button = part<QAbstractButton>(window, name);
    QTRY_VERIFY2(button->isVisible() && button->isEnabled(), name);
}

inline void click(const QWidget &window, const char *name)
{
    waitForButton(window, name);
    QTest::mouseClick(part<QAbstractButton>(window, name), Qt::LeftButton);
}

/// Replaces the text of a field by typing.
inline void type(const QWidget &window, const char *name, const QString &text)
{
    auto *field = part<QWidget>(window, name);
    field->setFocus();
    QTest::keySequence(field, QKeySequence::SelectAll);
    if (text.isEmpty())
        QTest::keyClick(field, Qt::Key_Delete);
    else
        QTest::keyClicks(field, text);
}

/// The content of a message field.
inline QString messageText(const QWidget &window, const char *name)
{
    return QString::fromUtf8(part<MessageEdit>(window, name)->bytes());
}

/// Returns the lines of the log that contain text, or all lines.
inline QStringList lines(const QWidget &window, const QString &text = {})
{
    QStringList lines;
    const QAbstractItemModel *model = part<QTableView>(window, "stepView")->model();
    for (int row = 0; row < model->rowCount(); ++row)
        lines.append(model->index(row, StepModel::TextColumn).data(StepModel::LineRole).toString());
    return text.isEmpty() ? lines : lines.filter(text);
}

/// Returns the numbered lines.
inline QStringList steps(const QWidget &window)
{
    return lines(window).filter(QRegularExpression(QStringLiteral("^\\[\\d+\\] ")));
}

inline QString labelText(const QWidget &window, const char *name)
{
    const auto *label = part<QLabel>(window, name);
    return label->isVisible() ? label->text() : QString();
}

inline QString statusText(const QWidget &window)
{
    return labelText(window, "statusText");
}

/// The notice that the status line shows; empty if it shows something else.
inline QString noticeText(const QWidget &window)
{
    return part<QWidget>(window, "dismissNotice")->isVisible() ? statusText(window) : QString();
}

/// "Listening on 127.0.0.1:8700", as it appears in the log; empty if the server has never listened.
inline QString listeningOn(const QWidget &server)
{
    const QStringList listening = lines(server, QStringLiteral("Listening on "));
    return listening.isEmpty() ? QString() : listening.constLast();
}

/// Letters with several texts, "K: &Keep, Ta&ke"; empty if there are none.
inline QStringList clashes(const QMap<int, QStringList> &textsByKey)
{
    QStringList clashes;
    for (auto it = textsByKey.begin(); it != textsByKey.end(); ++it) {
        if (it->size() > 1)
            clashes.append(QChar(it.key() & ~Qt::ALT) + QStringLiteral(": ") + it->join(QStringLiteral(", ")));
    }
    return clashes;
}

/// What Alt with a letter does in window as it is shown now: the texts of controls, by key combination.
inline QMap<int, QStringList> mnemonics(const QWidget &window)
{
    QMap<int, QStringList> texts;
    const auto take = [&texts](const QKeySequence &keys, const QString &text) {
        if (!keys.isEmpty() && keys[0].keyboardModifiers() == Qt::AltModifier)
            texts[keys[0].toCombined()].append(text);
    };
    for (const auto *bar : window.findChildren<QMenuBar *>()) {
        for (const QAction *action : bar->actions())
            take(QKeySequence::mnemonic(action->text()), action->text());
    }
    for (const auto *label : window.findChildren<QLabel *>()) {
        if (label->buddy() && label->isVisible())
            take(QKeySequence::mnemonic(label->text()), label->text());
    }
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible())
            take(button->shortcut(), button->text());
    }
    for (const auto *tabs : window.findChildren<QTabBar *>()) {
        for (int i = 0; tabs->isVisible() && i < tabs->count(); ++i)
            take(QKeySequence::mnemonic(tabs->tabText(i)), tabs->tabText(i));
    }
    for (const auto *shortcut : window.findChildren<QShortcut *>())
        take(shortcut->key(), QStringLiteral("a shortcut"));
    for (const auto *action : window.findChildren<QAction *>())
        take(action->shortcut(), action->text());
    return texts;
}

/// Keys that have more than one meaning, in window as it is shown now or within one of its menus.
inline QStringList mnemonicClashes(const QWidget &window)
{
    QStringList all = clashes(mnemonics(window));
    for (const auto *menu : window.findChildren<QMenu *>()) {
        QMap<int, QStringList> texts;
        for (const QAction *action : menu->actions()) {
            const QKeySequence keys = QKeySequence::mnemonic(action->text());
            if (!keys.isEmpty())
                texts[keys[0].toCombined()].append(action->text());
        }
        all.append(clashes(texts));
    }
    return all;
}

/// The settings and session files of one test, separate from the user's.
class Sandbox
{
public:
    Sandbox() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path()); }
    QString sessionPath(const QString &name) const { return m_folder.filePath(name + QStringLiteral(".jsonl")); }

private:
    QTemporaryDir m_folder;
};

} // namespace WindowTools
