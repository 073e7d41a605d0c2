// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionwindow.h"

#include "conversationpane.h"
#include "logpane.h"
#include "noticebar.h"
#include "stepview.h"
#include "uitools.h"

#include <QFileInfo>
#include <QLocale>
#include <QStatusBar>

SessionWindow::SessionWindow(const QString &path, QWidget *parent)
    : FileWindow(QFileInfo(path).fileName(), parent)
    , m_pane(new ConversationPane(m_file))
{
    setUp(
        [path] { return SessionMenu::Source{.files = {.session = path}, .name = QFileInfo(path).completeBaseName()}; },
        m_pane);
    m_pane->log()->setEmptyText(tr("This session has no steps."));
    m_pane->addActionsTo(viewMenu());
    connect(&m_file, &SessionFile::grown, this, &SessionWindow::showCount);
    connect(&m_file, &SessionFile::cutOff, this, [this](const QString &sentence) {
        notices().show({.key = QStringLiteral("open"), .level = Notice::Level::Information, .text = sentence});
    });
    if (m_file.open(path))
        showCount();
    else
        setError(m_file.errorString());
    m_pane->log()->view()->setFocus();
}

SessionWindow::~SessionWindow()
{
    delete takeCentralWidget(); // it reads the file
}

void SessionWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_pane->setWide(width() >= UiTools::wideWindow);
}

void SessionWindow::showCount()
{
    statusBar()->showMessage(
        tr("%1 lines%2").arg(QLocale().toString(m_file.count()), m_file.isComplete() ? QString() : tr(", reading…")));
}
