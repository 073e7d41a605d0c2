// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionmenu.h"

#include "app/export.h"
#include "picture/picturesaver.h"
#include "sessionwindow.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QThread>

SessionMenu::SessionMenu(std::function<QString()> source, QWidget *window)
    : QMenu(tr("&Session"), window)
    , m_source(std::move(source))
    , m_window(window)
{
    QAction *open = addAction(tr("&Open…"), this, &SessionMenu::chooseSession);
    open->setShortcut(QKeySequence::Open);
    QAction *toFile = addAction(tr("&Export…"), this, &SessionMenu::chooseExport);
    toFile->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    addSeparator();
    m_quit = addAction(tr("&Quit"), this, &SessionMenu::closeRequested);
    m_quit->setShortcut(Qt::CTRL | Qt::Key_Q);
}

SessionMenu::~SessionMenu()
{
    for (QThread *thread : findChildren<QThread *>())
        thread->wait();
}

void SessionMenu::chooseSession()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a Session"), QFileInfo(m_source()).absolutePath(),
                                   tr("Sessions (*.jsonl);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SessionMenu::openSession);
    dialog->show();
}

void SessionMenu::openSession(const QString &path)
{
    auto opened = std::make_unique<SessionWindow>(path);
    if (!opened->isOpen()) {
        emit failed(opened->errorString());
        return;
    }
    SessionWindow *window = opened.release();
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->resize(m_window->size());
    window->show();
}

void SessionMenu::chooseExport()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(m_window, tr("Export the Session"), folder,
                                   tr("Text (*.txt);;JSON Lines (*.jsonl);;CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(QFileInfo(m_source()).completeBaseName());
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.indexOf(QLatin1StringView("*."));
        dialog->setDefaultSuffix(filter.mid(dot + 2).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &SessionMenu::exportTo);
    dialog->show();
}

void SessionMenu::exportTo(const QString &path)
{
    // A long session takes a while: the window goes on meanwhile.
    const auto error = std::make_shared<QString>();
    QThread *thread = QThread::create(
        [from = m_source(), path, error] { *error = exportFile({.session = from}, path, PictureSaver::save).error; });
    thread->setParent(this);
    connect(thread, &QThread::finished, this, [this, thread, path, error] {
        thread->deleteLater();
        if (error->isEmpty())
            emit exported(path);
        else
            emit failed(*error);
    });
    thread->start();
}
