// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionmenu.h"

#include "capturewindow.h"
#include "examplecaptures.h"
#include "picture/picturesaver.h"
#include "statusline.h"
#include "watchform.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QThread>

SessionMenu::SessionMenu(std::function<Source()> source, QWidget *window)
    : QMenu(tr("&Session"), window)
    , m_source(std::move(source))
    , m_window(window)
{
    QAction *open = addAction(tr("&Open…"), this, &SessionMenu::chooseFile);
    open->setShortcut(QKeySequence::Open);
    addExamples();
    addAction(tr("&Watch a Port…"), this, &SessionMenu::choosePort)->setObjectName(QStringLiteral("watchAction"));
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

void SessionMenu::tellIn(StatusLine &notices)
{
    connect(this, &SessionMenu::failed, &notices, [&notices](const QString &sentence) {
        notices.show({.key = QStringLiteral("export"), .level = Notice::Level::Error, .text = sentence});
    });
    connect(this, &SessionMenu::exported, &notices,
            [&notices](const QString &sentence) { notices.show({.key = QStringLiteral("export"), .text = sentence}); });
}

void SessionMenu::addExamples()
{
    QMenu *examples = addMenu(tr("Open E&xample"));
    examples->setToolTipsVisible(true);
    for (const ExampleCaptures::Example &example : ExampleCaptures::all()) {
        const QString title = QString(example.title).remove(u'&');
        QAction *action = examples->addAction(example.title, this, [this, example, title] {
            auto copy = ExampleCaptures::copyOf(example);
            if (!copy) {
                emit failed(tr("The example cannot be copied to %1.").arg(QDir::tempPath()));
                return;
            }
            auto window = std::make_unique<CaptureWindow>(copy->fileName(), title);
            copy.release()->setParent(window.get());
            show(std::move(window));
        });
        action->setObjectName(example.name);
        action->setToolTip(example.toolTip);
    }
}

void SessionMenu::chooseFile()
{
    const QString near = m_source().files.session;
    auto *dialog = new QFileDialog(m_window, tr("Open a Session or a Capture"),
                                   near.isEmpty() ? QString() : QFileInfo(near).absolutePath(),
                                   tr("Sessions and captures (*.jsonl *.pcap *.pcapng *.cap);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SessionMenu::openFile);
    dialog->show();
}

void SessionMenu::choosePort()
{
    auto *form = new WatchForm(m_window);
    connect(form, &WatchForm::watchRequested, this,
            [this](const QString &interface, quint16 port) { show(std::make_unique<CaptureWindow>(interface, port)); });
    form->show();
}

void SessionMenu::openFile(const QString &path)
{
    auto opened = FileWindow::open(path);
    if (opened->isOpen())
        show(std::move(opened));
    else
        emit failed(opened->errorString());
}

void SessionMenu::show(std::unique_ptr<FileWindow> opened)
{
    FileWindow *window = opened.release();
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->resize(m_window->size());
    window->show();
}

QStringList SessionMenu::exportFilters(const ExportSource &source)
{
    QStringList filters{tr("Text (*.txt)"),
                        tr("JSON Lines (*.jsonl)"),
                        tr("CSV (*.csv)"),
                        tr("The ladder as SVG (*.svg)"),
                        tr("The ladder as PNG (*.png)"),
                        tr("The ladder as Mermaid (*.mmd)")};
    if (!source.capture.isEmpty())
        filters.append(source.session.isEmpty() ? tr("Capture (*.pcapng)")
                                                : tr("Capture with the steps as comments (*.pcapng)"));
    return filters;
}

void SessionMenu::chooseExport()
{
    const Source source = m_source();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(m_window, tr("Export"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(exportFilters(source.files));
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(source.name);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.indexOf(QLatin1StringView("*."));
        dialog->setDefaultSuffix(filter.mid(dot + 2).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &SessionMenu::exportTo);
    dialog->show();
}

void SessionMenu::exportTo(const QString &path)
{
    const Source source = m_source();
    const auto kind = exportKindOf(path);
    if (source.ladder && kind && isLadder(*kind)) { // as it is seen, with what the kernel told
        tell({.error = PictureSaver::save(*source.ladder, path)}, path);
        return;
    }
    // A long session takes a while: the window goes on meanwhile.
    const auto outcome = std::make_shared<ExportOutcome>();
    QThread *thread = QThread::create(
        [files = source.files, path, outcome] { *outcome = exportFile(files, path, PictureSaver::save); });
    thread->setParent(this);
    connect(thread, &QThread::finished, this, [this, thread, path, outcome] {
        thread->deleteLater();
        tell(*outcome, path);
    });
    thread->start();
}

void SessionMenu::tell(const ExportOutcome &outcome, const QString &path)
{
    if (!outcome.error.isEmpty())
        emit failed(outcome.error);
    else
        emit exported(outcome.note.isEmpty() ? tr("Exported to %1.").arg(path) : outcome.note);
}
