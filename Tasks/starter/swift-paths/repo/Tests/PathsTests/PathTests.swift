import Paths
import Testing

@Suite struct PathTests {
    @Test(arguments: [
        ("a/b/c", "a/b/c"), ("a//b/", "a/b"), ("./a/./b", "a/b"), ("", "."), (".", "."), ("/", "/"), ("//", "/"),
    ])
    func emptyPartsAndDotsVanish(text: String, expected: String) {
        #expect(Path(text).description == expected)
    }

    @Test(arguments: [("a/b/..", "a"), ("a/../b", "b"), ("/a/b/../../c", "/c"), ("a/..", "."), ("/a/..", "/")])
    func twoDotsTakeAPartBack(text: String, expected: String) {
        #expect(Path(text).description == expected)
    }

    @Test(arguments: [("..", ".."), ("../a", "../a"), ("a/../../b", "../b"), ("../../a", "../../a")])
    func relativePathsMayClimb(text: String, expected: String) {
        #expect(Path(text).description == expected)
    }

    @Test(arguments: [("/..", "/"), ("/../a", "/a"), ("/docs/../../secret", "/secret"), ("/../../a/..", "/")])
    func absolutePathsStayAtTheRoot(text: String, expected: String) {
        #expect(Path(text).description == expected)
        #expect(Path(text).isAbsolute)
    }

    @Test func appending() {
        #expect(Path("/srv").appending("www/index.html") == "/srv/www/index.html")
        #expect(Path("/srv/www").appending("../log") == "/srv/log")
        #expect(Path("a").appending("/etc") == "/etc")
        #expect(Path("a").appending("") == "a")
        #expect(Path("a").appending("../..") == "..")
    }

    @Test func parents() {
        #expect(Path("/srv/www").parent == "/srv")
        #expect(Path("a").parent == ".")
        #expect(Path("..").parent == "../..")
    }

    @Test func namesAndExtensions() {
        #expect(Path("/srv/photo.tar.gz").name == "photo.tar.gz")
        #expect(Path("/srv/photo.tar.gz").fileExtension == "gz")
        #expect(Path("/").name == nil)
        #expect(Path("README").fileExtension == nil)
        #expect(Path(".profile").fileExtension == nil)
        #expect(Path("odd.").fileExtension == nil)
    }

    @Test func insideAFolder() {
        #expect(Path("/srv/www/a").isInside("/srv/www"))
        #expect(Path("/srv/www").isInside("/srv/www"))
        #expect(!Path("/srv/wwwroot").isInside("/srv/www"))
        #expect(!Path("/srv/www/../log").isInside("/srv/www"))
        #expect(!Path("srv/www").isInside("/srv"))
    }

    @Test func relativePaths() {
        #expect(Path("/a/b/c").relative(to: "/a/d") == "../b/c")
        #expect(Path("/a/b").relative(to: "/a/b") == ".")
        #expect(Path("a").relative(to: "b/c") == "../../a")
        #expect(Path("/a").relative(to: "a") == nil)
        #expect(Path("a").relative(to: "../b") == nil)
    }
}
