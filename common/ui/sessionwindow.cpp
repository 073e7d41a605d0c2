// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionwindow.h"

#include "conversationpane.h"
#include "helpwindows.h"
#include "logpane.h"
#include "noticebar.h"
#include "sessionmenu.h"
#include "stepview.h"
#include "uitools.h"

#include <QApplication>
#include <QFileInfo>
#include <QLocale>
#include <QMenuBar>
#include <QStatusBar>
#include <QVBoxLayout>

SessionWindow::SessionWindow(const QString &path, QWidget *parent)
    : QMainWindow(parent)
    , m_pane(new ConversationPane(m_file))
    , m_notices(new NoticeBar)
{
    setWindowTitle(tr("%1 · TCP Steps").arg(QFileInfo(path).fileName()));
    setMinimumSize(UiTools::minimumWindow);
    resize(UiTools::defaultWindow);
    m_pane->log()->setEmptyText(tr("This session has no steps."));

    auto *menu = new SessionMenu([path] { return path; }, this);
    menu->quitAction()->setText(tr("&Close"));
    menu->quitAction()->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::CTRL | Qt::Key_Q)});
    menuBar()->addMenu(menu);
    m_pane->addActionsTo(menuBar()->addMenu(tr("&View")));
    menuBar()->addMenu(HelpWindows::createMenu(this));
    connect(menu, &SessionMenu::closeRequested, this, &QWidget::close);
    connect(menu, &SessionMenu::failed, this, [this](const QString &sentence) {
        m_notices->show({.key = QStringLiteral("export"), .level = Notice::Level::Error, .text = sentence});
    });
    connect(menu, &SessionMenu::exported, this, [this](const QString &to) {
        m_notices->show({.key = QStringLiteral("export"), .text = tr("The session was exported to %1.").arg(to)});
    });

    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->addWidget(m_pane, 1);
    layout->addWidget(m_notices);
    setCentralWidget(central);
    statusBar()->setSizeGripEnabled(false);

    connect(&m_file, &SessionFile::grown, this, &SessionWindow::showCount);
    connect(&m_file, &SessionFile::cutOff, this, [this](const QString &sentence) {
        m_notices->show({.key = QStringLiteral("open"), .level = Notice::Level::Information, .text = sentence});
    });
    m_isOpen = m_file.open(path);
    if (m_isOpen)
        showCount();
    else
        m_notices->show({.key = QStringLiteral("open"), .level = Notice::Level::Error, .text = m_file.errorString()});
    m_pane->log()->view()->setFocus();
}

SessionWindow::~SessionWindow()
{
    delete takeCentralWidget(); // it reads the file
}

void SessionWindow::closeAll()
{
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (qobject_cast<SessionWindow *>(window))
            window->close();
    }
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
