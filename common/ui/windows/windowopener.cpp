// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "windowopener.h"

#include "capturewindow.h"
#include "export/filelook.h"
#include "sessionmenu.h"
#include "sessionwindow.h"
#include "ui/forms/examplecaptures.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

namespace {

void openFrom(const SessionMenu &menu, std::unique_ptr<FileWindow> window)
{
    window->resize(menu.parentWidget()->size());
    WindowOpener::open(std::move(window));
}

} // namespace

std::unique_ptr<FileWindow> WindowOpener::windowFor(const FileLook &look)
{
    if (look.kind == FileLook::Kind::Capture)
        return std::make_unique<CaptureWindow>(look.path, QFileInfo(look.path).fileName());
    return std::make_unique<SessionWindow>(look);
}

std::unique_ptr<FileWindow> WindowOpener::windowFor(const QString &first, const QString &second)
{
    return std::make_unique<CaptureWindow>(CaptureWindow::Both{first, second});
}

void WindowOpener::open(std::unique_ptr<FileWindow> window)
{
    FileWindow *opened = window.release();
    serve(opened->sessionMenu());
    opened->setAttribute(Qt::WA_DeleteOnClose);
    opened->show();
}

void WindowOpener::serve(SessionMenu &menu)
{
    QObject::connect(&menu, &SessionMenu::fileFound, &menu,
                     [&menu](const FileLook &look) { openFrom(menu, windowFor(look)); });
    QObject::connect(&menu, &SessionMenu::capturesFound, &menu, [&menu](const QString &first, const QString &second) {
        openFrom(menu, windowFor(first, second));
    });
    QObject::connect(&menu, &SessionMenu::watchRequested, &menu, [&menu](const QString &interface, quint16 port) {
        openFrom(menu, std::make_unique<CaptureWindow>(interface, port));
    });
    QObject::connect(&menu, &SessionMenu::exampleRequested, &menu, [&menu](const ExampleCaptures::Example &example) {
        auto copy = ExampleCaptures::copyOf(example);
        if (!copy) {
            emit menu.failed(tr("The example cannot be copied to %1.").arg(QDir::tempPath()));
            return;
        }
        auto window = std::make_unique<CaptureWindow>(copy->fileName(), QString(example.title).remove(u'&'));
        copy.release()->setParent(window.get());
        openFrom(menu, std::move(window));
    });
}
