// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// Creates the README's pictures from the real windows: screenshots OUT.png [--dark] [--size WIDTHxHEIGHT] [--stage
// fresh|connected|waiting|closed|refused|long]

#include "client_gui/clientwindow.h"
#include "server_gui/serverwindow.h"
#include "ui/forms/messageedit.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCommandLineParser>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSettings>
#include <QStyleFactory>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(45, 45, 48));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    palette.setColor(QPalette::AlternateBase, QColor(38, 38, 41));
    palette.setColor(QPalette::Highlight, QColor(48, 110, 190));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(130, 130, 134));
    return palette;
}

template<typename Condition>
void waitFor(Condition condition, const char *what)
{
    if (!QTest::qWaitFor(condition, 10'000))
        qFatal("%s did not come", what);
}

void click(QWidget &window, const char *name)
{
    window.findChild<QAbstractButton *>(QLatin1StringView(name))->click();
}

QString label(const QWidget &window, const char *name)
{
    return window.findChild<QLabel *>(QLatin1StringView(name))->text();
}

int steps(const QWidget &window)
{
    const QAbstractItemModel *model = window.findChild<QTableView *>(QStringLiteral("stepView"))->model();
    int count = 0;
    for (int row = 0; row < model->rowCount(); ++row)
        count += model->index(row, 2).data().toString().startsWith(QLatin1Char('[')) ? 1 : 0;
    return count;
}

void converse(ServerWindow &server, ClientWindow &client, const QString &stage)
{
    if (stage == QLatin1StringView("fresh"))
        return;
    if (stage == QLatin1StringView("refused")) {
        click(client, "sendButton");
        waitFor([&] { return label(client, "statusText").startsWith(QLatin1StringView("Nothing")); }, "the notice");
        return;
    }
    if (stage == QLatin1StringView("long"))
        client.findChild<MessageEdit *>()->setBytes(QByteArray("A long message\twith a tab, ").repeated(20));
    click(server, "startButton");
    waitFor([&] { return label(server, "statusText").startsWith(QLatin1StringView("Listening")); },
            "the server (is port 8700 free?)");
    client.findChild<QLineEdit *>(QStringLiteral("portEdit"))
        ->setText(label(server, "statusText").section(QLatin1Char(':'), -1));
    click(client, "sendButton");
    waitFor([&] { return steps(client) == 2; }, "the reply");
    if (stage == QLatin1StringView("connected") || stage == QLatin1StringView("long"))
        return;
    click(client, "closeButton");
    waitFor([&] { return steps(client) == 3; }, "the close");
    waitFor([&] { return label(server, "statusText").startsWith(QLatin1StringView("Closing")); }, "the FIN");
    if (stage == QLatin1StringView("waiting"))
        return;
    waitFor([&] { return steps(server) == 3; }, "the last step");
}

/// The window below its title bar, as on a desktop.
QPixmap framed(QWidget &window)
{
    const QPixmap content = window.grab();
    const int title = window.fontMetrics().height() * 2;
    const qreal ratio = content.devicePixelRatio();
    const QSizeF size = content.deviceIndependentSize() + QSizeF(2, title + 1);
    QPixmap picture((size * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(window.palette().color(QPalette::Mid));
    QPainter painter(&picture);
    painter.drawPixmap(1, title, content);
    const QRectF bar(0, 0, size.width(), title);
    window.windowIcon().paint(&painter, QRect(title / 4, title / 4, title / 2, title / 2));
    QFont bold = window.font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(window.palette().color(QPalette::WindowText));
    painter.drawText(bar, Qt::AlignCenter, window.windowTitle());
    return picture;
}

QPixmap sideBySide(const QPixmap &left, const QPixmap &right)
{
    constexpr int gap = 12;
    const qreal ratio = left.devicePixelRatio();
    const QSizeF a = left.deviceIndependentSize();
    const QSizeF b = right.deviceIndependentSize();
    QPixmap picture((QSizeF(a.width() + gap + b.width(), qMax(a.height(), b.height())) * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.drawPixmap(0, 0, left);
    painter.drawPixmap(QPointF(a.width() + gap, 0), right);
    return picture;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("dark"), QStringLiteral("in dark colours")},
                       {QStringLiteral("size"), QStringLiteral("of each window"), QStringLiteral("WxH")},
                       {QStringLiteral("select"), QStringLiteral("a row"), QStringLiteral("row")},
                       {QStringLiteral("stage"), QStringLiteral("how far they get"), QStringLiteral("stage")}});
    parser.addPositionalArgument(QStringLiteral("OUT.png"), QStringLiteral("where to write"));
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (parser.isSet(QStringLiteral("dark")))
        QApplication::setPalette(darkPalette());

    const QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    ServerOptions serverOptions;
    serverOptions.sessionPath = folder.filePath(QStringLiteral("server.jsonl"));
    ClientOptions clientOptions;
    clientOptions.sessionPath = folder.filePath(QStringLiteral("client.jsonl"));
    ServerWindow server(serverOptions);
    ClientWindow client(clientOptions);
    const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    for (QWidget *window : {static_cast<QWidget *>(&server), static_cast<QWidget *>(&client)}) {
        if (size.size() == 2)
            window->resize(size[0].toInt(), size[1].toInt());
        window->show();
    }
    converse(server, client, parser.value(QStringLiteral("stage")));
    if (parser.isSet(QStringLiteral("select"))) {
        for (QWidget *window : {static_cast<QWidget *>(&server), static_cast<QWidget *>(&client)})
            window->findChild<QTableView *>(QStringLiteral("stepView"))
                ->selectRow(parser.value(QStringLiteral("select")).toInt());
    }
    const QString out = parser.positionalArguments().constFirst();
    if (!sideBySide(framed(server), framed(client)).save(out))
        qFatal("cannot write %s", qPrintable(out));
    return 0;
}
