// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filewindow.h"

#include "helpwindows.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/statusline.h"
#include "ui/tools/uitools.h"

#include <QApplication>
#include <QMenuBar>
#include <QStatusBar>
#include <QVBoxLayout>

void FileWindow::closeAll()
{
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (qobject_cast<FileWindow *>(window))
            window->close();
    }
}

QString FileWindow::connectionName(int number, const QString &client, const QString &server)
{
    if (client.isEmpty() || server.isEmpty())
        return tr("#%1 %2").arg(number).arg(client + server).trimmed();
    return tr("#%1 %2 → %3").arg(number).arg(client, server);
}

FileWindow::FileWindow(const QString &title, QWidget *parent)
    : QMainWindow(parent)
    , m_view(new QMenu(tr("&View"), this))
    , m_notices(new StatusLine)
{
    setWindowTitle(tr("%1 · TCP Steps").arg(title));
    setMinimumSize(UiTools::minimumWindow);
    resize(UiTools::defaultWindow);
    statusBar()->setSizeGripEnabled(false);
}

void FileWindow::setUp(std::function<SessionMenu::Source()> source, QWidget *content)
{
    m_menu = new SessionMenu(std::move(source), this);
    m_menu->quitAction()->setText(tr("&Close"));
    m_menu->quitAction()->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::CTRL | Qt::Key_Q)});
    menuBar()->addMenu(m_menu);
    menuBar()->addMenu(m_view);
    menuBar()->addMenu(HelpWindows::createMenu(this));
    connect(m_menu, &SessionMenu::closeRequested, this, &QWidget::close);
    m_menu->tellIn(*m_notices);
    for (auto *sequence : content->findChildren<SequencePane *>())
        connect(sequence, &SequencePane::saveRequested, m_menu, &SessionMenu::exportTo);

    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->addWidget(content, 1);
    layout->addWidget(m_notices);
    setCentralWidget(central);
}

void FileWindow::setError(const QString &sentence)
{
    m_error = sentence;
    m_notices->show({.key = QStringLiteral("open"),
                     .kind = Notice::Kind::Holding,
                     .level = Notice::Level::Error,
                     .text = sentence});
}

#include "moc_filewindow.cpp"
